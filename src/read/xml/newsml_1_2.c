/* SPDX-License-Identifier: MIT
 *
 * newsml_1_2.c - IPTC NewsML 1.0 to 1.2: a NewsItem of nested NewsComponents.
 *
 * Which component is the report is said by Role, whose words differ from agency to agency;
 * xml_item.c knows those that mean something else.
 */
#include "read/xml/xml.h"

const nb_xml_rule nb_newsml_1_2[] = {
	{ "NewsIdentifier/PublicIdentifier", NB_XML_ID, 0 },
	{ "NewsIdentifier/NewsItemId", NB_XML_ID, 0 },
	{ "NewsIdentifier/RevisionId", NB_XML_VERSION, 0 },
	{ "NewsManagement/Status@FormalName", NB_XML_STATUS, NB_XML_CODE },
	{ "NewsManagement/StatusWillChange/DateAndTime", NB_XML_EMBARGO, 0 },
	{ "NewsManagement/ThisRevisionCreated", NB_XML_DATE, 0 },
	{ "NewsManagement/FirstCreated", NB_XML_DATE, 0 },
	{ "DescriptiveMetadata/DateLineDate", NB_XML_DATE, 0 },
	{ "NewsIdentifier/DateId", NB_XML_DATE, 0 },
	{ "AdministrativeMetadata/Provider/Party@FormalName", NB_XML_PROVIDER, NB_XML_CODE },
	{ "NewsIdentifier/ProviderId", NB_XML_PROVIDER, 0 },
	{ "AdministrativeMetadata/Source/Party@FormalName", NB_XML_AGENCY,
	  NB_XML_LIST | NB_XML_CODE },
	{ "NewsLines/CreditLine", NB_XML_AGENCY, 0 },
	{ "DescriptiveMetadata/Language@FormalName", NB_XML_LANG, 0 },
	{ "NewsLines/HeadLine@xml:lang", NB_XML_LANG, 0 },
	{ "DataContent@xml:lang", NB_XML_LANG, 0 },
	{ "NewsComponent@xml:lang", NB_XML_LANG, 0 },
	{ "NewsItem@xml:lang", NB_XML_LANG, 0 },
	{ "NewsLines/HeadLine", NB_XML_TITLE, 0 },
	{ "NewsLines/SlugLine", NB_XML_SLUGLINE, 0 },
	{ "Identification/NameLabel", NB_XML_SLUGLINE, 0 },
	{ "NewsLines/ByLine", NB_XML_BYLINE, NB_XML_LIST },
	{ "AdministrativeMetadata/Creator/Party@FormalName", NB_XML_BYLINE, NB_XML_LIST },
	{ "Location/Property[FormalName=City]@Value", NB_XML_LOCATED, 0 },
	{ "Location/Property[FormalName=CityName]@Value", NB_XML_LOCATED, 0 },
	{ "Location/Property[FormalName=Country]@Value", NB_XML_LOCATED, 0 },
	{ "NewsLines/KeywordLine", NB_XML_SUBJECT, NB_XML_LIST },
	{ "DescriptiveMetadata/Property[FormalName=Keyword]@Value", NB_XML_SUBJECT, NB_XML_LIST },
	{ "NewsLines/DateLine", NB_XML_DATELINE, 0 },
	{ "NewsItemType@FormalName", NB_XML_CLASS, NB_XML_CODE },
	{ "NewsComponent/Role@FormalName", NB_XML_ROLE, 0 },
	{ "ContentItem/MediaType@FormalName", NB_XML_MEDIUM, 0 },
	{ "ContentItem/MimeType@FormalName", NB_XML_MEDIUM, 0 },
	{ "ContentItem/Encoding@Notation", NB_XML_ENCODED, 0 },
	{ "ContentItem@Href", NB_XML_REMOTE, 0 },
	{ "NewsItemRef@NewsItem", NB_XML_REMOTE, 0 },
	{ "DataContent", NB_XML_CONTENT, 0 },
	{ 0 },
};
