const setOf = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));

/** What a numbered unit is called: `31st Fighter Wing`. Also the parts that may stand behind each other. */
export const unitHeads = setOf(`
  wing squadron brigade division regiment battalion corps fleet group company battery detachment flotilla army command team unit legion guard cavalry airborne
  infantry marines rifles regimental airwing platoon
`);

/** The last word of a body's name. Each needs a capital and a capitalised word before it. */
export const finalHeads = setOf(`
  agency institute university foundation corps corporation systems industries aerospace technologies dynamics shipyard shipyards shipbuilding shipbuilders committee
  subcommittee council commission association authority bureau brigade brigades command laboratory laboratories labs aviation airlines robotics avionics ministry coalition
  federation movement militia directorate administration consortium alliance institution academy airways armaments arsenal dockyard steelworks defence
  battalion regiment squadron solutions enterprises holdings ventures capital electronics energy autonomy analytics instruments semiconductors
  motors propulsion space flotilla inspectorate secretariat league society organisation organization
  party congress front union army forces force guard group company center centre college school fund bank unit office network
`);

/** Heads that are everyday words: with a service, a country or a small word before them they name no body. */
export const weakHeads = setOf(
  'party congress front union army forces force guard group company center centre college school fund bank court unit office network space energy defence capital corps ' +
    'solutions university academy alliance administration academy systems ventures command society authority coalition movement subcommittee',
);

/** Places as much as bodies: `at the National Training Center` says where, not who. */
export const placeHeads = setOf(
  'center centre university college school academy arsenal shipyard shipyards dockyard laboratory laboratories court bank',
);

/** Before a place these say where. */
export const placeWords = setOf('at to near from in into outside inside');

/** `Ministry of Defence`, `Council on Foreign Relations`: heads that a preposition follows. */
export const openHeads = setOf(`
  ministry department bureau institute university center centre council committee association federation union academy agency office directorate school bank board
  commission organisation organization league society party foundation inspectorate secretariat confederation
`);

/** Legal forms; what stands before them is a company, and they are left out of its name. */
export const companyForms = setOf('inc ltd llc corp plc gmbh ag spa oyj asa llp limited pty');

/** Small words before the name of a company: `drone maker Acme`. */
export const companyNouns = setOf(`
  firm company startup start-up manufacturer shipbuilder contractor maker developer supplier planemaker airline conglomerate subsidiary
  automaker carmaker missilemaker drone-maker dronemaker tank-maker arms-maker shipyard consultancy vendor integrator provider
  think-tank thinktank nonprofit
`);

/** Behind the name of a company: `Acme CEO`. */
export const companyOffices = setOf('ceo cfo cto coo chairman co-founder cofounder');

/** Capitalised words that begin no body's name: articles, titles, and verbs of headlines. */
export const notHeads = setOf(`
  the a an this that these those its their his her our your my no new former first last next more most all some any each every both meanwhile however while when after
  before since until because during despite following among amid according through throughout within without
  via per like although if as at in on of to for from by with and or but nor so yet under over against
  secretary minister president chief director general spokesman spokeswoman deputy senior leader sen rep gov mr mrs ms dr lt col maj capt sgt gen adm
  january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday
  says say said wins win gets get takes take makes make sees see sends send buys buy sells sell tests test fires fire awards award picks pick names name eyes eye
  carrier destroyer amphibious expeditionary strike
  republican democratic democrat republicans democrats another other us eu
`);
