/**
 * Words by which a person is announced. All lists are lower case without full stops; a rank of several words
 * (`Lt. Gen.`, `Chief Master Sgt.`) is known by its last one.
 */
const setOf = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));

/** Ranks and forms of address: what follows is a name, also an unusual one, and also in a headline. */
export const ranks = setOf(`
  gen general lt lieutenant col colonel maj major capt captain cmdr cdr commander sgt sergeant cpl corporal pfc pvt private spc specialist adm admiral
  brig brigadier ens ensign airman seaman fireman petty marshal mr mrs ms dr prof professor sir dame lord lady sen senator rep representative congressman
  congresswoman gov governor mp cadet midshipman commodore president chancellor ayatollah sheikh pope king queen prince princess premier sgm csm msgt tsgt ssgt ltc
  cwo cw2 cw3 cw4 w1 1lt 2lt havildar subedar jawan trooper gunner sapper rifleman emir sultan imam taoiseach shri mullah rev chaplain judge justice pm
`);

/** What a rank may end in: `Sgt. 1st Class`, `Petty Officer 2nd Class`, `Chief Warrant Officer 3`. */
export const rankTails = setOf(
  'class officer first second third chief marshal leader commander captain minister secretary',
);

/** United States ranks as its press writes them; no other country abbreviates so. */
export const unitedStatesRanks =
  /^(?:Staff Sgt|Tech Sgt|Master Sgt|Chief Master Sgt|Senior Airman|Airman \w+ Class|Spc|Pfc|Sgt \w+ Class|Rep|Petty Officer \w+ Class|Lance Cpl|Gunnery Sgt)$/;

/** Roles that stand before a name or behind it, as a word of small letters or capitals. */
export const roles = setOf(`
  secretary undersecretary minister president premier chief chair chairman chairwoman chairperson speaker director deputy head leader commander commandant
  spokesman spokeswoman spokesperson spokespersons ceo cfo cto coo cio executive founder cofounder co-founder analyst researcher professor expert fellow
  scholar historian economist scientist engineer adviser advisor envoy ambassador diplomat lawmaker senator congressman congresswoman representative governor
  mayor attorney lawyer judge prosecutor manager officer official journalist reporter correspondent editor author veteran pilot astronaut soldier sailor marine airman
  guardsman peacekeeper contractor mercenary warlord ruler dictator king prince strongman militant defector whistleblower activist dissident negotiator inspector
  superintendent coordinator administrator commissioner counsel principal principal-deputy architect strategist lead partner owner general admiral colonel captain
  major sergeant lieutenant brigadier nominee successor predecessor candidate instructor technician navigator gunner medic physician doctor nurse chaplain recruiter
  mother father wife husband widow son daughter brother sister comptroller treasurer lieutenant-general vice-president vice-chairman counterpart
  specialist planner consultant technologist resident student cadet graduate coach actor
`);

/** Verbs of saying: their subject, or the name after them, speaks. */
export const speechVerbs = setOf(`
  said says say told tells announced announces wrote writes added adds explained explains noted notes argued argues testified testifies warned warns confirmed confirms
  acknowledged underlined insisted insists declared declares recalled stated states tweeted replied stressed emphasised emphasized predicted urged vowed denied
  admitted claimed suggested remarked observed commented joked asked sat visited met resigned died
`);

/** Capitalised words that are no part of a person's name. A name that runs into one ends before it. */
export const notNames = setOf(`
  the a an this that these those it its he she they we our his her their i you and or but if in on at of to for from by with as after before when while where how why what who
  monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december
  army navy air force forces marine marines corps coast guard space military defense defence ministry minister department pentagon senate congress parliament government
  north south east west northern southern eastern western central royal national international united states state kingdom republic union council committee commission command
  brigade division regiment battalion squadron wing fleet company group agency institute university foundation center centre college school academy base airport airfield
  fort camp port station naval joint islands island sea ocean strait river lake mount mountain valley gulf bay city county province district street avenue road house white
  operation exercise war battle project program programme act treaty agreement summit conference forum award medal prize cup games star chief secretary president
  prime director general admiral colonel major captain commander sergeant staff senior deputy vice assistant acting former retired new old first second third last
  mr mrs ms dr sir lord lady queen princess news jan feb mar apr jun jul aug sep sept oct nov dec
  association professional promotion system security service active duty public affairs basic times post journal today wire agence press media radio television network magazine daily weekly
  missile missiles drone drones ship ships tank tanks jet jets fighter bomber carrier destroyer frigate submarine helicopter class block mark type
  systems industries aerospace technologies dynamics shipyard shipbuilding motors electric aviation robotics labs laboratory laboratories solutions holdings partners capital
  inc corp ltd llc plc gmbh
  bank fund court supreme party democratic republican democrats republicans democrat republican liberal labour conservative people peoples american british russian chinese european asian african arab islamic jewish christian muslim
  christmas easter ramadan covid internet twitter facebook google youtube telegram
`);

/** Behind a full name, these make it the name of something else: a ship's group, a prize, a school. */
export const nameEnders = setOf(`
  carrier strike class university college school center centre foundation institute award prize medal act street avenue airport base hospital group inc corp ltd llc
  library museum park bridge canal island islands lab labs laboratory doctrine administration campus stadium shipyard shipyards council memorial technologies systems industries
`);

/** Before a capitalised run, these make it a ship. */
export const shipWords = setOf(
  'carrier ship warship destroyer cruiser frigate corvette submarine boat vessel cutter tanker freighter uss hms',
);

/** Small words within names of many languages. */
export const particles = setOf(
  'al el bin bint ibn abu van von der den de da do dos di del della la le du ter ten zu af av ben ul ur e y',
);
