const list = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));

/** Words of grammar and of reporting itself: they stand in news of every kind. Stems as `stemOf` gives them, and plain forms. */
export const stopWords: ReadonlySet<string> = list(`
  a an the and or but nor if then than that this these those there here it its he him his she her they them their we us our you your
  i me my who whom whose which what when where why how of in on at by for from to into onto over under with without within about
  against between among across through during before after above below up down out off again further is are was were be been being
  am do does did done have has had having will would shall should can could may might must not no yes as so too very just also only
  even still yet more most much many some any all both each every other others another such own same few several one
  say says said saying tell tells told according report reports reported reportedly reporter news statement spokesman spokeswoman
  spokesperson official officials source sources amid via per et al mr mrs ms dr s t re ve ll d m
  today yesterday tomorrow now new late latest earlier later since until while because though although however ago
  monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun
  january february march april june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec
  week weeks month months year years day days hour hours minute time times morning evening night overnight
  reuters ap afp associated press agence france presse cnn bbc tass xinhua upi dpa
  update updated watch video live photo photos read exclusive breaking opinion analysis explainer editorial correction
  make makes made making take takes took taken get gets got give gives gave given go goes went gone come comes came put puts set sets
  see sees saw seen show shows showed shown use uses used using include includes including included
  first last next like likely near part around back well way
`);
