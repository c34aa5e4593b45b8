/* SPDX-License-Identifier: MIT
 *
 * gen_language.c - see gen_language.h.
 */
#include "gen_language.h"

const uint16_t cyrillic[128] = {
	['a'] = 0x430, ['b'] = 0x431, ['v'] = 0x432, ['g'] = 0x433, ['d'] = 0x434, ['e'] = 0x435,
	['Z'] = 0x436, ['z'] = 0x437, ['i'] = 0x438, ['j'] = 0x439, ['k'] = 0x43a, ['l'] = 0x43b,
	['m'] = 0x43c, ['n'] = 0x43d, ['o'] = 0x43e, ['p'] = 0x43f, ['r'] = 0x440, ['s'] = 0x441,
	['t'] = 0x442, ['u'] = 0x443, ['f'] = 0x444, ['h'] = 0x445, ['c'] = 0x446, ['C'] = 0x447,
	['S'] = 0x448, ['X'] = 0x449, ['q'] = 0x44a, ['y'] = 0x44b, ['w'] = 0x44c, ['E'] = 0x44d,
	['U'] = 0x44e, ['A'] = 0x44f,
};

/* without a size: the compiler holds their number against the header's */
const struct language languages[] = {
	{
		.code = "en", .share = 40, .agency = "Reuters",
		.onset = "_ b bl br c ch cl cr d dr f fl fr g gr h j k l m n p pl pr qu r s sc "
			 "sh sl sp st str t th tr v w wh",
		.nucleus = "a a a e e e i i o o u ai ea ee ou oa ie",
		.coda = "_ _ _ b ck d ft g l ld ll m n n nd ng nt p r rd rm rt s s sh st t t th x",
		.frequent = "the of and to a in that is was for on with as by at from it he "
			    "said has are be an have were not his but they who which will had "
			    "this more been their after its would or about up one than new "
			    "other when we people two",
		.month = "January February March April May June July August September October "
			 "November December",
		.quote = { "\u201c", "\u201d" }, .group = ",", .decimal = '.',
	},
	{
		.code = "nl", .share = 12, .agency = "ANP",
		.onset = "_ b bl br d dr f g gr h j k kl kr l m n p pl pr r s sch sl sn sp st "
			 "str t tr v vl vr w wr z zw",
		.nucleus = "a a aa e e ee i ie o o oo u uu oe ij ui ou eu",
		.coda = "_ _ _ d f g k l ld m n n ng nk nt p r rd rk rs rt s st t t cht ls ps",
		.frequent = "de van het een in en op is dat te voor met die zijn niet aan er om "
			    "ook als bij door naar uit maar over nog heeft werd worden tot hij "
			    "wordt ze kan meer dan was na geen jaar zei tegen hebben zich veel "
			    "had al twee",
		.month = "januari februari maart april mei juni juli augustus september oktober "
			 "november december",
		.quote = { "\u2018", "\u2019" }, .group = ".", .decimal = ',',
	},
	{
		.code = "de", .share = 12, .agency = "dpa",
		.onset = "_ b bl br d dr f fl fr g gl gr h j k kl kr l m n p pf r s sch schl "
			 "schw sp st str t tr v w z zw",
		.nucleus = "a a e e e i i o u ei ie au eu \u00e4 \u00f6 \u00fc",
		.coda = "_ _ _ b ch cht d f g k l ld m n n nd ng nt r rn rt s sch st t t tz \u00df",
		.frequent = "der die und in den von zu das mit sich des auf ist im dem nicht "
			    "ein eine als auch es an werden aus er hat dass sie nach wird bei "
			    "einer um am sind noch wie einem einen so zum war haben nur oder "
			    "aber vor zur bis mehr durch",
		.month = "Januar Februar M\u00e4rz April Mai Juni Juli August September Oktober "
			 "November Dezember",
		.quote = { "\u201e", "\u201c" }, .group = ".", .decimal = ',', .nouns = true,
	},
	{
		.code = "fr", .share = 10, .agency = "AFP",
		.onset = "_ b bl br c ch cl cr d dr f fl fr g gr j l m n p pl pr qu r s t tr v "
			 "vr",
		.nucleus = "a a e e i o u ai au eu ou oi \u00e9 \u00e9 \u00e8 \u00ea ie",
		.coda = "_ _ _ _ l m n n nt r r re s t te sse ge que \u00e7on tion ment",
		.frequent = "de la le et les des en un du une que est pour qui dans a par plus "
			    "pas au sur ne se ce il sont avec son cette ont ses mais comme on "
			    "tout nous sa fait aussi leur bien peut ces y deux avait elle entre "
			    "encore sans",
		.month = "janvier f\u00e9vrier mars avril mai juin juillet ao\u00fbt septembre "
			 "octobre novembre d\u00e9cembre",
		.quote = { "\u00ab\u00a0", "\u00a0\u00bb" }, .group = "\u00a0", .decimal = ',',
	},
	{
		.code = "es", .share = 10, .agency = "EFE",
		.onset = "_ b br c ch cl cr d f fr g gr h j l ll m n \u00f1 p pl pr qu r s t tr "
			 "v z",
		.nucleus = "a a a e e e i o o u ue ie ia \u00e1 \u00ed \u00f3",
		.coda = "_ _ _ _ _ d l n n r r s s z ci\u00f3n dad mente do da",
		.frequent = "de la que el en y a los se del las un por con no una su para es al "
			    "lo como m\u00e1s o pero sus le ha me si sin sobre este ya entre "
			    "cuando todo esta ser son dos tambi\u00e9n fue hab\u00eda era muy "
			    "a\u00f1os hasta desde",
		.month = "enero febrero marzo abril mayo junio julio agosto septiembre octubre "
			 "noviembre diciembre",
		.quote = { "\u00ab", "\u00bb" }, .group = ".", .decimal = ',',
	},
	{
		.code = "ru", .share = 8, .agency = "TASS", .cyrillic = true,
		.onset = "_ b br v vs g gr d dv dr Z z zn k kl kr l m mn n p pl pr r s sv sl sn "
			 "st str t tr f h c C S X",
		.nucleus = "a a a e e i i o o o u y A U",
		.coda = "_ _ _ _ v g d j k l lw m n nw r s st stw t tw h C S nie ost nyj ogo",
		.frequent = "v i na s ne po o k Cto za ot iz u kak a dlA bylo Eto no pri on do "
			    "Ze tak vse takZe ili posle ih goda pod tolwko byl ego eXe byt uZe "
			    "esli bolee vo so my oni meZdu ob Ctoby dva gde kotoryj",
		.month = "AnvarA fevralA marta aprelA maA iUnA iUlA avgusta sentAbrA oktAbrA "
			 "noAbrA dekabrA",
		.quote = { "\u00ab", "\u00bb" }, .group = "\u00a0", .decimal = ',',
	},
	{
		.code = "zh", .share = 8, .agency = "Xinhua", .han = true,
		.onset = "_", .nucleus = "_", .coda = "_",
		.frequent = "\u7684 \u4e00 \u662f \u5728 \u4e86 \u548c \u6709 \u5927 \u8fd9 "
			    "\u4e3b \u4e2d \u4eba \u4e0a \u4e3a \u4eec \u5730 \u4e2a \u7528 "
			    "\u5de5 \u65f6 \u8981 \u52a8 \u56fd \u4ea7 \u4ee5 \u6211 \u5230 "
			    "\u4ed6 \u4f1a \u4f5c \u6765 \u5206",
		.month = "1 2 3 4 5 6 7 8 9 10 11 12",
		.quote = { "\u201c", "\u201d" }, .group = "", .decimal = '.',
	},
};
