/* SPDX-License-Identifier: MIT
 *
 * aliases.c - the table of aliases.h.
 *
 * A name in capitals is taken only where the text has it in capitals ("US" is not "us").
 */
#include "tools/lexicon/aliases.h"

#include <stddef.h>

const alias aliases[] = {
	{ "US", "United States",
	  "*=USA|en=US|en=U.S.|en=U.S.A.|en=America|nl=VS|nl=Amerika|de=Amerika|de=Vereinigte Staaten von Amerika|"
	  "fr=Etats-Unis|fr=Amérique|es=EE.UU.|es=EE. UU.|es=EEUU|es=Estados Unidos de América|pt=EUA|"
	  "pt=Estados Unidos da América|it=Stati Uniti d'America|ru=США|uk=США|bg=САЩ|be=ЗША|mk=САД|sr=САД|"
	  "hr=SAD|bs=SAD|pl=Stany Zjednoczone|cs=USA|sl=ZDA|tr=ABD|ar=أمريكا|ar=أميركا|"
	  "ar=الولايات المتحدة الأمريكية|ar=الولايات المتحدة الأميركية|fa=آمریکا|zh=美国|ja=米国|ja=アメリカ|"
	  "ro=SUA|fi=Yhdysvallat|hu=Egyesült Államok|el=ΗΠΑ|sv=Amerika|da=Amerika|no=Amerika|ru=Америка|"
	  "uk=Америка|ko=미국" },
	{ "GB", "United Kingdom",
	  "en=UK|en=U.K.|en=Britain|en=Great Britain|en=England|nl=VK|nl=Engeland|nl=Groot-Brittannië|"
	  "de=Großbritannien|de=England|fr=Grande-Bretagne|fr=Angleterre|es=Gran Bretaña|es=Inglaterra|"
	  "it=Gran Bretagna|it=Inghilterra|it=Regno Unito|pt=Grã-Bretanha|pt=Inglaterra|pl=Wielka Brytania|"
	  "pl=Anglia|ru=Великобритания|ru=Англия|uk=Велика Британія|uk=Англія|cs=Británie|cs=Velká Británie|"
	  "sv=Storbritannien|sv=England|tr=İngiltere|tr=Birleşik Krallık|ar=بريطانيا|ar=إنجلترا|ja=英国|"
	  "ja=イギリス|zh=英国|bg=Англия|bg=Великобритания|sl=Velika Britanija|hr=Velika Britanija" },
	{ "AE", "United Arab Emirates", "en=UAE|nl=VAE|de=VAE|fr=EAU|es=EAU|it=EAU|ru=ОАЭ|uk=ОАЕ|tr=BAE" },
	{ "KR", "South Korea", "*L=South Korea|ko=한국|ja=韓国|zh=韩国|de=Südkorea|nl=Zuid-Korea" },
	{ "NL", "Netherlands", "en=Holland|nl=Holland|de=Holland|fr=Hollande|es=Holanda|it=Olanda|pt=Holanda|"
			       "pl=Holandia|ru=Голландия|tr=Hollanda|zh=荷兰|ja=オランダ" },
	{ "CZ", "Czechia", "en=Czech Republic|nl=Tsjechische Republiek|de=Tschechische Republik" },
	{ "BY", "Belarus", "nl=Wit-Rusland|de=Weißrussland|fr=Biélorussie|es=Bielorrusia|ru=Белоруссия|"
			   "sv=Vitryssland|it=Bielorussia|pt=Bielorrússia" },
	{ "MM", "Myanmar", "en=Burma|nl=Birma|de=Birma|fr=Birmanie|es=Birmania" },
	{ "CD", "Congo - Kinshasa", "en=DRC|fr=RDC|en=Democratic Republic of the Congo|"
				    "fr=République démocratique du Congo" },
	{ "PS", "Palestinian Territories", "en=Palestine|nl=Palestina|de=Palästina|fr=Palestine|es=Palestina|"
					   "it=Palestina|pt=Palestina|pl=Palestyna|ru=Палестина|uk=Палестина|"
					   "tr=Filistin|ar=فلسطين|zh=巴勒斯坦|ja=パレスチナ" },
	{ NULL, "European Union",
	  "*L=EU|fr=UE|es=UE|it=UE|pt=UE|pl=UE|ro=UE|ca=UE|tr=AB|ru=ЕС|ru=Евросоюз|uk=ЄС|uk=Євросоюз|bg=ЕС|"
	  "el=ΕΕ|ar=الاتحاد الأوروبي|zh=欧盟|ja=欧州連合|en=E.U.|pl=Unia Europejska|fr=Union européenne|"
	  "es=Unión Europea|it=Unione europea|pt=União Europeia|nl=Europese Unie|de=Europäische Union|"
	  "ru=Европейский союз|uk=Європейський Союз|cs=Evropská unie|sl=Evropska unija|hr=Europska unija|"
	  "sv=Europeiska unionen|da=Europæiske Union|bg=Европейски съюз|tr=Avrupa Birliği" },
	{ NULL, "United Nations",
	  "en=UN|en=U.N.|nl=VN|nl=Verenigde Naties|de=UN|de=UNO|de=Vereinte Nationen|fr=ONU|fr=Nations unies|"
	  "es=ONU|es=Naciones Unidas|it=ONU|it=Nazioni Unite|pt=ONU|pt=Nações Unidas|pl=ONZ|"
	  "pl=Organizacja Narodów Zjednoczonych|ru=ООН|ru=Объединенные Нации|uk=ООН|bg=ООН|cs=OSN|sl=OZN|"
	  "hr=UN|sv=FN|da=FN|no=FN|nb=FN|tr=BM|tr=Birleşmiş Milletler|ar=الأمم المتحدة|zh=联合国|ja=国連|"
	  "ro=ONU|fi=YK|hu=ENSZ|el=ΟΗΕ" },
	{ NULL, "NATO",
	  "*L=NATO|*=Nato|nl=NAVO|nl=Navo|fr=OTAN|fr=Otan|es=OTAN|pt=OTAN|pt=NATO|ru=НАТО|uk=НАТО|bg=НАТО|"
	  "sr=НАТО|ar=الناتو|ar=حلف شمال الأطلسي|zh=北约|ja=北大西洋条約機構|el=ΝΑΤΟ|ar=حلف الناتو" },
	{ NULL, "World Health Organization",
	  "en=WHO|en=World Health Organisation|de=WHO|de=Weltgesundheitsorganisation|nl=WHO|"
	  "nl=Wereldgezondheidsorganisatie|fr=OMS|es=OMS|it=OMS|pt=OMS|ru=ВОЗ|uk=ВООЗ|bg=СЗО|pl=WHO|"
	  "pl=Światowa Organizacja Zdrowia|cs=WHO|sv=WHO|tr=DSÖ|ar=منظمة الصحة العالمية|zh=世卫组织|"
	  "zh=世界卫生组织|ja=世界保健機関" },
	{ NULL, "International Monetary Fund",
	  "en=IMF|nl=IMF|de=IWF|fr=FMI|es=FMI|it=FMI|pt=FMI|ru=МВФ|uk=МВФ|bg=МВФ|pl=MFW|cs=MMF|tr=IMF|"
	  "sv=IMF|ar=صندوق النقد الدولي|zh=国际货币基金组织|ja=国際通貨基金" },
	{ NULL, "International Atomic Energy Agency",
	  "en=IAEA|nl=IAEA|de=IAEA|de=IAEO|fr=AIEA|es=OIEA|it=AIEA|pt=AIEA|ru=МАГАТЭ|uk=МАГАТЕ|pl=MAEA|"
	  "zh=国际原子能机构" },
	{ NULL, "European Central Bank",
	  "en=ECB|nl=ECB|de=EZB|fr=BCE|es=BCE|it=BCE|pt=BCE|ru=ЕЦБ|uk=ЄЦБ|pl=EBC|cs=ECB|sv=ECB|tr=AMB" },
	{ NULL, "Organization for Security and Co-operation in Europe",
	  "en=OSCE|nl=OVSE|de=OSZE|fr=OSCE|es=OSCE|it=OSCE|ru=ОБСЕ|uk=ОБСЄ|pl=OBWE|cs=OBSE|tr=AGİT" },
	{ NULL, "Europe",
	  "en=Europe|nl=Europa|de=Europa|fr=Europe|es=Europa|it=Europa|pt=Europa|pl=Europa|ru=Европа|uk=Європа|"
	  "bg=Европа|cs=Evropa|sl=Evropa|hr=Europa|sv=Europa|tr=Avrupa|ar=أوروبا|zh=欧洲|ja=欧州|ja=ヨーロッパ" },
	{ NULL, "Africa",
	  "en=Africa|nl=Afrika|de=Afrika|fr=Afrique|es=África|it=Africa|pt=África|pl=Afryka|ru=Африка|"
	  "uk=Африка|bg=Африка|cs=Afrika|sl=Afrika|hr=Afrika|sv=Afrika|tr=Afrika|ar=أفريقيا|ar=إفريقيا|"
	  "zh=非洲|ja=アフリカ" },
	{ NULL, "Asia",
	  "en=Asia|nl=Azië|de=Asien|fr=Asie|es=Asia|it=Asia|pt=Ásia|pl=Azja|ru=Азия|uk=Азія|bg=Азия|cs=Asie|"
	  "sl=Azija|hr=Azija|sv=Asien|tr=Asya|ar=آسيا|zh=亚洲|ja=アジア" },
};

const unsigned n_aliases = sizeof(aliases) / sizeof(*aliases);
