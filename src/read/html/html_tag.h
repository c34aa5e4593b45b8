/* SPDX-License-Identifier: MIT
 *
 * html_tag.h - the elements that mean something to us, and how each behaves.
 */
#ifndef NB_READ_HTML_HTML_TAG_H
#define NB_READ_HTML_HTML_TAG_H

#include <stdint.h>

#include "newsbraid/nb.h"

/* NAME, element, behaviour; ascending by element, so that a name is found by halving. */
#define NB_HTML_TAGS(X) \
	X(A, "a", 0) \
	X(ABBR, "abbr", 0) \
	X(ADDRESS, "address", NB_TAG_BLOCK) \
	X(AMP_AD, "amp-ad", NB_TAG_SKIP) \
	X(ARTICLE, "article", NB_TAG_BLOCK) \
	X(ASIDE, "aside", NB_TAG_BLOCK) \
	X(AUDIO, "audio", NB_TAG_SKIP) \
	X(B, "b", 0) \
	X(BLOCKQUOTE, "blockquote", NB_TAG_BLOCK) \
	X(BODY, "body", NB_TAG_BLOCK) \
	X(BR, "br", NB_TAG_VOID) \
	X(BUTTON, "button", NB_TAG_SKIP) \
	X(CANVAS, "canvas", NB_TAG_SKIP) \
	X(CAPTION, "caption", NB_TAG_BLOCK) \
	X(CENTER, "center", NB_TAG_BLOCK) \
	X(CITE, "cite", 0) \
	X(DD, "dd", NB_TAG_BLOCK) \
	X(DETAILS, "details", NB_TAG_BLOCK) \
	X(DIALOG, "dialog", NB_TAG_BLOCK) \
	X(DIV, "div", NB_TAG_BLOCK) \
	X(DL, "dl", NB_TAG_BLOCK) \
	X(DT, "dt", NB_TAG_BLOCK) \
	X(EM, "em", 0) \
	X(EMBED, "embed", NB_TAG_VOID) \
	X(FIELDSET, "fieldset", NB_TAG_BLOCK) \
	X(FIGCAPTION, "figcaption", NB_TAG_BLOCK) \
	X(FIGURE, "figure", NB_TAG_BLOCK) \
	X(FONT, "font", 0) \
	X(FOOTER, "footer", NB_TAG_BLOCK) \
	X(FORM, "form", NB_TAG_BLOCK) \
	X(H1, "h1", NB_TAG_BLOCK) \
	X(H2, "h2", NB_TAG_BLOCK) \
	X(H3, "h3", NB_TAG_BLOCK) \
	X(H4, "h4", NB_TAG_BLOCK) \
	X(H5, "h5", NB_TAG_BLOCK) \
	X(H6, "h6", NB_TAG_BLOCK) \
	X(HEAD, "head", NB_TAG_BLOCK) \
	X(HEADER, "header", NB_TAG_BLOCK) \
	X(HL2, "hl2", NB_TAG_BLOCK) \
	X(HR, "hr", NB_TAG_VOID | NB_TAG_BLOCK) \
	X(HTML, "html", NB_TAG_BLOCK) \
	X(I, "i", 0) \
	X(IFRAME, "iframe", NB_TAG_RAW | NB_TAG_SKIP) \
	X(IMG, "img", NB_TAG_VOID) \
	X(INPUT, "input", NB_TAG_VOID) \
	X(LABEL, "label", 0) \
	X(LEGEND, "legend", NB_TAG_BLOCK) \
	X(LI, "li", NB_TAG_BLOCK) \
	X(LINK, "link", NB_TAG_VOID) \
	X(MAIN, "main", NB_TAG_BLOCK) \
	X(MENU, "menu", NB_TAG_BLOCK) \
	X(META, "meta", NB_TAG_VOID) \
	X(NAV, "nav", NB_TAG_BLOCK) \
	X(NOSCRIPT, "noscript", NB_TAG_SKIP) \
	X(OBJECT, "object", NB_TAG_SKIP) \
	X(OL, "ol", NB_TAG_BLOCK) \
	X(OPTION, "option", NB_TAG_BLOCK) \
	X(P, "p", NB_TAG_BLOCK) \
	X(PRE, "pre", NB_TAG_BLOCK) \
	X(Q, "q", 0) \
	X(S, "s", 0) \
	X(SCRIPT, "script", NB_TAG_RAW | NB_TAG_SKIP) \
	X(SECTION, "section", NB_TAG_BLOCK) \
	X(SELECT, "select", NB_TAG_SKIP) \
	X(SMALL, "small", 0) \
	X(SOURCE, "source", NB_TAG_VOID) \
	X(SPAN, "span", 0) \
	X(STRONG, "strong", 0) \
	X(STYLE, "style", NB_TAG_RAW | NB_TAG_SKIP) \
	X(SUB, "sub", 0) \
	X(SUMMARY, "summary", NB_TAG_BLOCK) \
	X(SUP, "sup", 0) \
	X(SVG, "svg", NB_TAG_SKIP) \
	X(TABLE, "table", NB_TAG_BLOCK) \
	X(TBODY, "tbody", NB_TAG_BLOCK) \
	X(TD, "td", NB_TAG_BLOCK) \
	X(TEMPLATE, "template", NB_TAG_SKIP) \
	X(TEXTAREA, "textarea", NB_TAG_RAW | NB_TAG_SKIP) \
	X(TFOOT, "tfoot", NB_TAG_BLOCK) \
	X(TH, "th", NB_TAG_BLOCK) \
	X(THEAD, "thead", NB_TAG_BLOCK) \
	X(TIME, "time", 0) \
	X(TITLE, "title", NB_TAG_RAW | NB_TAG_SKIP) \
	X(TR, "tr", NB_TAG_BLOCK) \
	X(U, "u", 0) \
	X(UL, "ul", NB_TAG_BLOCK) \
	X(VIDEO, "video", NB_TAG_SKIP) \
	X(WBR, "wbr", NB_TAG_VOID)

typedef enum nb_html_tag {
	NB_TAG_NONE = 0,
#define NB_TAG_NAME(name, text, behaviour) NB_TAG_##name,
	NB_HTML_TAGS(NB_TAG_NAME)
#undef NB_TAG_NAME
	NB_TAG_OTHER, /* an element without meaning to us, inline */
	NB_TAG_COUNT,
} nb_html_tag;

#define NB_TAG_BLOCK 1u /* begins a new line */
#define NB_TAG_VOID  2u /* has no content and no end tag */
#define NB_TAG_RAW   4u /* its content is no markup */
#define NB_TAG_SKIP  8u /* its content is no text of the page */

/** By name, any case; NB_TAG_OTHER if it is none of ours. */
nb_html_tag nb_html_tag_of(nb_str name);

/** NB_TAG_BLOCK ... of an element. */
unsigned nb_html_tag_is(nb_html_tag tag);

/** "div"; "" for NB_TAG_NONE and NB_TAG_OTHER. */
const char *nb_html_tag_name(nb_html_tag tag);

#endif
