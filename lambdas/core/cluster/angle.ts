/** How a headline looks at an event; several may hold. */
export interface Angle {
  /** It explains, comments or looks back: why, what we know, a question, an opinion. */
  readonly isComment: boolean;
  /** It tells what is to come: will, to sign, plans, expected. */
  readonly isAhead: boolean;
  /** It tells what somebody says to what happened: condemns, slams, vows, calls for. */
  readonly isReaction: boolean;
}

const comment =
  /^(?:why|how|what|who|where|when|is|are|can|could|should|does|do|did|will|would|has|have|inside|meet|explainer|explained|analysis|opinion|commentary|editorial|op-?ed|factbox|timeline|in pictures|q&a|profile|history|fact check|the case|lessons)\b|\?\s*$|\?\s|\b(?:what (?:we know|to know|it means|happened|next|is|are|you)|explained|explainer|here'?s (?:what|why|how)|things to know|takeaways|the (?:long )?history of|a look at|lessons (?:from|of|learned)|analysis|opinion|in pictures|timeline|how (?:safe|the|to|a|did|does|ukraine|russia)|why (?:the|it|is|did))\b/i;

const ahead =
  /\b(?:will|to (?:be|get|gain|stay|remain|keep|christen|commission|have|hold|host|join|buy|sell|sign|send|receive|supply|deliver|build|launch|deploy|test|visit|meet|discuss|begin|start|resume|close|open|replace|retire|nominate|appoint|award|order|acquire|release|charge|face|leave|return|conduct|provide|spend|cut|vote|announce|unveil|develop|become|produce|train|transfer|donate|host|end|approve|shoot)|set to|plans?|planning|planned|prepar(?:e|es|ing)|expected|expects|poised|ready to|about to|could|may|might|would|likely to|wants? to|aims? to|ahead of|upcoming|due to|considers?|considering|weighs?|mulls?|eyes|seeks?|proposes?|vows?|scheduled|on the verge|nears?|close to|looks? to|hopes?)\b/i;

const reaction =
  /\b(?:condemns?|condemned|slams?|slammed|blasts?|criticis\w+|criticiz\w+|questions?|denounc\w+|defends|praises?|welcomes?|hails?|urges?|calls? (?:for|on)|demands?|vows?|warns?|accus\w+|blames?|denies|denied|rejects?|rejected|dismiss\w+|react(?:s|ion|ed)?|responds?|response|respond(?:ed)?|protests?|outrage|backlash|concerns?|fears?|criticism|mourns?|mourning|tribute|says? it|told you so|unacceptable|apologi[sz]\w+|regrets?|thanks)\b/i;

/** How a title looks at its event, told by fixed turns of phrase. Linear in the title; never throws. */
export function angleOf(title: string): Angle {
  return { isComment: comment.test(title), isAhead: ahead.test(title), isReaction: reaction.test(title) };
}
