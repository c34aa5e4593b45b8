/* SPDX-License-Identifier: MIT
 *
 * nitf.c - IPTC NITF 2.5 to 3.6, alone or inside NewsML; also the few fields that XHTML has.
 *
 * nitf@change.date is the date of the DTD, never one of the article.
 */
#include "read/xml/xml.h"

const nb_xml_rule nb_nitf[] = {
	{ "docdata/doc-id@id-string", NB_XML_ID, 0 },
	{ "nitf@uno", NB_XML_ID, 0 },
	{ "docdata/du-key@version", NB_XML_VERSION, 0 },
	{ "docdata/du-key@generation", NB_XML_VERSION, 0 },
	{ "docdata@management-status", NB_XML_STATUS, NB_XML_CODE },
	{ "docdata/date.release@norm", NB_XML_EMBARGO, 0 },
	{ "docdata/date.issue@norm", NB_XML_DATE, 0 },
	{ "pubdata@date.publication", NB_XML_DATE, 0 },
	{ "dateline/story.date@norm", NB_XML_DATE, 0 },
	{ "docdata/date.issue", NB_XML_DATE, 0 },
	{ "docdata/doc-id@regsrc", NB_XML_PROVIDER, 0 },
	{ "distributor/org", NB_XML_PROVIDER, 0 },
	{ "body.head/distributor", NB_XML_PROVIDER, 0 },
	{ "docdata/doc.copyright@holder", NB_XML_PROVIDER, 0 },
	{ "pubdata@name", NB_XML_PROVIDER, 0 },
	{ "nitf@baselang", NB_XML_LANG, 0 },
	{ "nitf@xml:lang", NB_XML_LANG, 0 },
	{ "body@xml:lang", NB_XML_LANG, 0 },
	{ "body.content@xml:lang", NB_XML_LANG, 0 },
	{ "html@xml:lang", NB_XML_LANG, 0 },
	{ "html@lang", NB_XML_LANG, 0 },
	{ "hedline/hl1", NB_XML_TITLE, 0 },
	{ "body.head/hedline", NB_XML_TITLE, 0 },
	{ "head/title", NB_XML_TITLE, 0 },
	{ "h1", NB_XML_TITLE, 0 },
	{ "body.head/byline", NB_XML_BYLINE, NB_XML_LIST },
	{ "body.content/byline", NB_XML_BYLINE, NB_XML_LIST },
	{ "dateline/location/city", NB_XML_LOCATED, 0 },
	{ "dateline/location", NB_XML_LOCATED, 0 },
	{ "docdata/evloc@city", NB_XML_LOCATED, 0 },
	{ "body.head/dateline", NB_XML_DATELINE, 0 },
	{ "key-list/keyword@key", NB_XML_SLUGLINE, 0 },
	{ "docdata/fixture@fix-id", NB_XML_SLUGLINE, 0 },
	{ "docdata/du-key@key", NB_XML_SLUGLINE, 0 },
	{ "tobject.subject@tobject.subject.matter", NB_XML_SUBJECT, NB_XML_LIST },
	{ "tobject.subject@tobject.subject.type", NB_XML_SUBJECT, NB_XML_LIST },
	{ "key-list/keyword@key", NB_XML_SUBJECT, NB_XML_LIST },
	{ "docdata/ed-msg@info", NB_XML_NOTE, 0 },
	{ "body.head/abstract", NB_XML_SUMMARY, 0 },
	{ "nitf", NB_XML_CONTENT, 0 },
	{ 0 },
};
