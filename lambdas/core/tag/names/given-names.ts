/**
 * Common given names of many languages, in lower case and without accents. Left out are those that are everyday words,
 * months, places or services wherever a capital may mean those (Will, Grant, Hope, May, Virginia, Austin, Marine).
 * Source: our own list, by frequency among officials and soldiers in the news.
 */
const givenNamesText = `
aaron abigail adam adrian adrienne agnes aidan alan alana albert alec alejandro alex alexa alexander alexandra alexandria alexis alfred
alfredo alice alicia alina alison allan allen allison allyson alma alonzo alvin alyssa amanda amber amelia amy ana anastasia andre andrea
andreas andres andrew andy angela angelica angus anita anja ann anna annabelle anne annette annie anthony antoine anton antonia antonio antony
 ariana arnold arthur ashley ashton astrid audrey aurora barack barbara barney barry beatrice becky ben benjamin bernadette bernard
bernie beth bethany betty beverly bianca blake bob bobby bonnie brad bradley brandi brandon brenda brendan brent bret brett brian brianna
bridget brittany brock brooke bruce bruno bryan bryce byron caitlin caleb calvin cameron camilla candace carl carla carlos carmen carol
carole caroline carolyn carrie carson casey cassandra cassidy catherine cathy cecil cecilia cedric celeste charles charlie chelsea cheryl
chris christa christian christina christine christoph christophe christopher christy cindy claire clara clarence claude claudia claus
clayton clement cliff clifford clint clinton clyde cody colby cole colin colleen connie connor conor conrad constance corey cornelius cory
courtney craig cristina crystal curtis cynthia dale damian damien damon dan dana daniel daniela daniele danielle danny darcy daren darin darla
darlene darrell darren darryl dave david dean deanna debbie deborah debra dee dena denise dennis derek derrick desmond devin devon
diana diane dianne diego dieter dirk dmitri dmitry dominic dominik dominique don donald donna donnie donovan dora dorothy doug douglas
doris drew duane duncan dustin dwayne dwight dylan earl ed eddie eddy edgar eduardo edward edwin eileen elaine eleanor elena eli elias elijah
elinor elisa elisabeth elise elissa eliza elizabeth ella ellen elliot elliott elsa elvira emanuel emil emilia emilie emily emma emmanuel
eric erica erich erik erika erin ernest ernesto esteban estelle esther ethan eugene eunice eva evan evelyn fabian fabio faye federico
felicia felipe felix ferdinand fernanda fernando fiona florian francesca francesco francine francis francisco francois frank
frankie franz fraser fred freddie frederic frederick fredrik friedrich gabriel gabriela gabriele gabrielle gareth garrett gary gavin
gavan gemma genevieve geoff geoffrey george georges gerald geraldine gerard gerhard gideon gilbert gilberto gina giorgio giorgia giovanni
giulia giuseppe gladys glen glenda glenn gloria gordon grace graeme graham greg gregg gregor gregory greta gretchen guido guillaume guillermo
gunnar gunther gus gustav gustavo guy gwen gwendolyn hannah hannes hans harald harley harold harriet harris harry harvey hazel heather
 heidi heinrich heinz helen helena helene helmut henri henrik henry herbert herman hermann hillary holger holly horst howard hubert
hugh hugo ian ida ignacio igor ilana ilse imogen ines ingrid irene irina iris irma isaac isabel isabella isabelle ivan ivana ivar ivo
jack jackie jaclyn jacob jacqueline jacques jade jake james jamie jan jana jane janet janice janine jared jasmine jason javier
jay jean jeanette jeanne jeff jeffery jeffrey jenna jennifer jenny jens jeremiah jeremy jermaine jerome jerry jess jesse jessica jesus
jill jim jimmie jimmy joan joann joanna joanne joaquin jochen jocelyn jodi jodie jody joe joel joerg johan johann johanna johannes john
johnathan johnnie johnny jon jonas jonathan jorge jose josef joseph josephine josh joshua josiah joyce juan juanita judith judy jules julia
julian juliana julianne julie juliet julio julius juergen jurgen justin justine kaitlin kaitlyn kaja kaleb karen kari karin karina karl karla
karsten kate katelyn katerina katharina katherine kathleen kathryn kathy katie katja katrin katrina kay kayla keira keir keith kelley kelli kelly
kelsey ken kendall kendra kenneth kenny kent kerry kevin kim kimberly kirk kirsten kirsty klaus konrad kris krista kristen kristi
kristian kristin kristina kristine kristopher kristy kurt kyle lana larry lars laszlo laura lauren laurence laurent laurie lawrence
lea leah leanne lee leigh leila lena lenore leo leon leona leonard leonardo leonid leroy leslie lester leticia levi lewis liam lila lilian lillian
lily linda lindsay lindsey linus lionel lisa lise lloyd logan lois lola lonnie lora loren lorena lorenzo loretta lori lorna lorraine
lou louis louisa louise luc luca lucas lucia lucian luciana lucille lucinda lucy ludwig luigi luis luiz luke lydia lyle lynda lyndon lynette lynn
lynne mabel mackenzie maddie madeleine madeline magda magnus maggie malcolm malik mandy manfred manuel manuela mara marc marcel marcella marcia marco marcos
marcus margaret margarita margot marguerite maria marian marianne marie mariano marilyn mario marion marisa marissa marjorie mark markus marlene
marlon marsha marshall marta martha martin martina marty marvin mary mason massimo mateo mateusz mathew mathias mathieu mathilde matt matteo matthew matthias
maura maureen maurice mauricio mauro max maxim maxime maximilian maxine maya mckenzie meagan meg megan meghan melanie melinda melissa melody
melvin meredith meryl mia micah michael michaela micheal michel michela michele michelle mick miguel mike mikkel milan mildred miles
millie milos milton mindy miranda miriam mitch mitchell moira molly mona monica monika monique morgan moritz morris moses muriel myles
myra myron nadia nadine nancy naomi natalia natalie natasha nate nathan nathaniel neal ned neil nell nelson nestor nicholas nick nicola nicolas
nicole niels nigel nikki niklas nikolai nikolaus nils nina noah noel noelle nora norbert noreen norm norma norman octavia odette olaf ole olga
oliver olivia olivier ollie omar oscar otto owen pablo paige pamela paola paolo pascal pat patrice patricia patricio patrick patsy patti patty paul
paula pauline pavel pearl pedro peggy penelope penny per percy perry pete peter petra phil philip philippe phillip phoebe phyllis pierre
piotr polly preston priscilla quentin quincy rachael rachel rafael ralf ralph ramiro ramon randall randi randy raoul raphael raul ray raymond rebecca
reggie regina reginald reid reinhard remi rene renee rex rhonda ricardo richard rick ricky rita rob robbie robert roberta roberto robin robyn rocco
rochelle roderick rodney rodolfo rodrigo roger roland rolf roman ron ronald ronnie rory rosa rosalind rosalie rosanna rosario rosemary rosie ross roxanne
roy ruben ruby rudolf rudolph rudy rufus rupert russell ruth ryan sabine sabrina sadie sally salvador salvatore sam samantha sammy samuel sandra sandy sara
sarah sasha saul scott sean sebastian sebastien selena serena serge sergio seth shane shannon sharon shaun shawn sheila shelby sheldon shelley
shelly sheri sherman sherri sherry sheryl shirley sidney siegfried silvia silvio simon simone sofia sonia sonja sonya sophia sophie stacey stacy stan
stanley stefan stefania stefano stella stephan stephane stephanie stephen steve steven stewart stuart sue susan susanna susanne susie suzanne suzette
svein sven sylvain sylvia tabitha tamara tami tammy tanya tara tasha taylor ted teresa terence terrance terrell terrence terri terry tess tessa
thad thea thelma theo theodor theodore theresa therese thierry thomas thorsten tiffany tim timothy tina tobias tobin toby todd tom tomas tommy toni tony tonya torsten
tracey traci tracie tracy travis trent trevor trey tricia trisha tristan troy trudy tucker tulsi tyler tyrone ulf ulrich ulrike ulysses uma urs ursula
uwe valentin valentina valerie vanessa vaughn vera verna vernon veronica vicki vickie vicky victor victoria vince vincent vincenzo viola violet virgil viveca vivian
vladimir wade waldo walker wallace wally walter wanda warren wayne wendell wendy werner wes wesley wilbur wiley wilfred wilhelm willard william willie
wilma winifred winston wolfgang woodrow wyatt xavier yolanda yves yvette yvonne zach zachary zack zane zoe
agnieszka aleksander aleksandar aleksandr aleksei aleksey alexei alexey alexandr anatoly anatoliy andrei andrey andriy andrii andris andrius andrzej antoni arkady
artem artis artur arturas bartosz blaise bohdan bogdan boris borys branislav czeslaw dainius dalia danylo daryna denys dmytro donatas dragan dusan
edgars egils eduard evgeny fedir filip gennady gintaras gitanas goran grzegorz hanno henryk hryhoriy ihor ilya ion ioan iryna ivanna
ivica jacek janez janis janusz jaroslav jaroslaw jerzy jiri josip jozef juri jussi kalle kestutis kirill klara konstantin krisjanis krzysztof kyrylo
lech leszek liubov ludmila lyudmyla maciej maia maksym marek maris mariusz marta mateja michal mihai milan miroslav mykhailo mykola nataliya natalya nikita nikola
oana oksana oleg oleh oleksandr oleksandra oleksii oleksiy olena olha ondrej oxana pavlo petar petr petro radek radoslaw ramzan roman rostyslav ruslan rustam rustem
semyon serhii serhiy sergei sergey slawomir slobodan stanislav stanislaw svetlana svitlana taras tetiana tetyana tomasz tymofiy ulyana urmas vadim vadym valdis valentyn
valeriy valerii valeriya valery vasily vasyl viacheslav viktor viktoriia viktoriya vitaliy vitaly vladislav vladyslav vojtech volodymyr vsevolod vyacheslav witold wladyslaw wojciech
yana yaroslav yegor yevgeny yevgeniy yevhen yulia yuliia yuri yuriy yurii zbigniew zdenek zoran zuzana
abbas abd abdallah abdel abdelaziz abdelmadjid abdirahman abdul abdulaziz abdulla abdullah abdulrahman abdirizak abiy abu adel adil adnan ahmad ahmed aisha akbar akram ali amin amina
amir amira ammar anwar arif asad ashraf asif asim assad ayman aziz badr bakr bashar bassam bilal ehud ebrahim eyal erdal esmail fadi fahad faisal
faiz farhad farid farouk fathi fatima fatma fawzi fouad gadi gamal ghassan golda habib hadi hafiz haidar haider hakan hakim haitham hamad hamdan hamid hamza hani hasan hashim
hassan hatem hayat herzi hisham hosni hossein hulusi husam hussein hussain ibrahim idris ilham imad imran iqbal isa isaias isam ismail itamar iyad izzat jaber jafar jalal jamal jamil javad kamal karim khaled
khalid khalifa khalil latif layla mahdi mahmoud mahmud majid majed malala mansour marwan masoud massoud maryam maysa mehdi mehmet meir mevlut mohamed mohammad mohammed mohamud mojtaba moshe mousa muammar mubarak muhammad
muhammadu muhsin mukhtar munir murad muqtada musa mustafa nabil nabih nadav nader naftali nasim nasir nasser nawaf nawaz nayef nazir nikol nizar noor nouri numan omer osama othman pervez qais qasem qasim rachid
rafik rafiq rahim rami rashad rashid raza recep reza riad riyad rizwan saad saddam sadiq said saif salah salam salahuddin saleh salim salman sami samir saud sayed selim shahbaz
shaul shehbaz sherif shimon sirajuddin suleiman syed taha tahir talal talib tamim tareq tariq tarek tawfiq tayyip umar usama uri uzi waleed walid wael wasim yahya yair yaqoob yasir yasin yasser yasar yigal yitzhak yoav yossi yousef
youssef yusuf zaid zain zainab zaki zalmay ziad ziv
ajay ajit akash akhil alok amit amitabh amrita anand anil anita anjali ankit anup aparna aravind arjun arun arvind ashish ashok ashwini asim atul bajwa bhim bipin chandra deepak devendra dinesh
divya ganesh gaurav gautam girish gopal gotabaya govind hari harsh indira ishaq jagdish jairam jitendra kamala karan kiran kishore krishna lakshmi lalit mahendra mahesh mahinda manish manmohan manoj meera mohan mukesh
nanda narendra naresh naveen neha nikhil nirmala nitin pankaj parvez pooja prabhakar pradeep prakash pranab prasad prashant praveen priya priyanka radha raghav rahul raj rajat rajeev rajesh rajiv rajnath rakesh ram ramesh
ranil ranjan ravi rishi rohan rohit sachin sandeep sanjay sanjeev santosh saurabh shalini shankar sharad shashi shekhar sheikh shyam sonia srinivas subramanian sudhir sunil suresh surya sushil tarun uday upendra venkat vijay vikas
vikram vinay vinod vipin vishal vivek yogesh
akihito akio akira atsushi daisuke fumio haruhiko hideki hidekazu hideo hiroshi hiroyuki hitoshi ichiro itsunori kazuo katsutoshi keiko kenichi kenji kenta koichi koji makoto masahiro masakazu masako masao masashi
masato minoru naoki nobuo nobuyuki noriko osamu ryosuke sanae satoshi seiji shigeru shinjiro shinichi shinzo shoji taro takashi takeshi takayuki takuya tatsuo tetsuya tomohiro toshimitsu toshiyuki tsuyoshi
yasuhide yasuhiro yasukazu yasuo yoichi yoko yoshihide yoshihiro yoshihisa yoshimasa yoshinori yuichi yuki yukio yutaka yuriko
anwar bambang bongbong delfin ferdinand gilberto hun joko luhut prabowo prayut rodrigo romeo sjafrie teodoro thaksin tito benigno eduardo hermogenes noynoy susilo megawati
abebe adama akinwumi alassane amadou amina assimi ayanda babatunde bola chinedu chukwuma cyril dlamini emmerson faure felix gabisile goodluck goita hage hailemariam ibraheem isaias jacob jomo kagame kwame 
mahamat mahamadou mamadou mamady marcel mokgweetsi moussa muhoozi nana nelson ngozi nkosazana obiang ogbonnaya olusegun oumar ousmane paul raila salva sadio sahle seydou siaka sipho tedros thabo thandi tshering uhuru
umaro william yoweri yemi
augusto carlos cesar diosdado dilma evo fidel gustavo hernan hugo ivan jair javier jeanine leopoldo luiz lula marcelo michel nayib nicolas nicolae ollanta raul sergio tarcisio vladimir
ake anders anette antti asbjorn bjorn carl carsten dag eirik elina erna espen eva frederik frode geir gitte gudlaugur gunn halvard hanne harri heikki helge henrik hjalmar jacob jari jeppe johan jonas jorgen jukka juha
kaarina kai karl kasper katrin kim kirsti kjell lasse leif lene lotta magdalena marit martti mats matti mette micael mikko mogens morten niinisto olav oskar otto pal paivi pekka peter pia rasmus riikka roar
runar sami sanna sauli sigrid sindre soren steen stein sture svend tapio tarja terje thorbjorn tobias toomas torbjorn tore troels trond trygve tuomas ulrika ville
alessandro alessia alexis andreea angelo bogdan cristian dimitri dimitris dimitrios elisabetta enrico ettore florin gabriele george giampaolo gianluca giacomo giulio ioannis kostas kyriakos lorenzo luciano marian mihail mircea nikos
nicolae panagiotis panos pedro ovidiu raffaele stavros traian vasile vasilis yannis yiannis ze
adem bekir berat binali cemal cevdet devlet emine fikri haluk hakan ismet kemal kenan metin murat mesut necdet ozgur selcuk suleyman tansu turgut ugur umit yasar yavuz
aine aoife brendan ciaran declan eamon fergus fionnuala liam mairead micheal niall niamh oisin padraig roisin ronan seamus siobhan sinead
aryeh avi avigdor amos benny bezalel bibi dalia danny dov efraim ehud eli ephraim gadi galit gilad ilan isaac itzik kobi lior matan mordechai natan nir noam oded ofir ran ronen sharren shlomo tamir tomer tzipi yaakov yariv yehuda yisrael yoel yohanan yonatan zeev
`;

/** Given names, compared in lower case and without accents. */
export const givenNames: ReadonlySet<string> = new Set(givenNamesText.trim().split(/\s+/));

/** Family names that come first in Chinese, Korean and Vietnamese, so that `Li Shangfu` can be a name. */
export const leadingSurnames: ReadonlySet<string> = new Set(
  (
    'cai cao chan chang chen cheng chiang chiu cho choi chou chu chung dang deng ding dinh dong duong fan fang feng fu gao gu guo han ho hoang hong hou hsiao hsu hu huang hung ' +
    'huynh jang jeon jia jiang jin jo joo jung kang ko koh koo kwon lai lam le lei li liang liao lien lim lin liu lo lu luo ma mao mei meng miao moon nam nguyen ni noh pak pan park ' +
    'peng pham phan phung qi qin qiu qu quan ren ri ryu seo shao shen shi shim shin sim soh song su suh sun sung tan tang tao thach tian tran truong tsai tseng tsui tu vo vu wan wang wei ' +
    'wen wong woo wu xi xia xiao xie xu xue yan yang yao ye yi yin yoo yoon you yu yuan yun zeng zhan zhang zhao zheng zhong zhou zhu zou'
  ).split(' '),
);
