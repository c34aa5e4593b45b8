/* SPDX-License-Identifier: MIT
 *
 * html_hint.c - see html_hint.h.
 *
 * A value is split at blanks into names, a name at marks and at capitals into words:
 * "related-posts", "relatedPosts" and "related_posts" are the same two.
 */
#include "read/html/html_hint.h"

#include <stdbool.h>
#include <string.h>

#define WORD_MOST 16u

/* Private to the words of one name. */
#define IS_STORY   (1u << 28) /* article, story, post: with IS_CONTENT the body */
#define IS_CONTENT (1u << 29) /* body, content, text */
#define IS_MORE    (1u << 30) /* more, other, next: with IS_STORY the teasers */
#define IS_STATE   (1u << 31) /* has, with, no: the name says what the page has, not what it is */

/* Ascending; no word begins with another that is a prefix. */
static const struct {
	char word[WORD_MOST];
	bool prefix; /* longer words that begin so mean the same */
	uint32_t hints;
} known[] = {
	{ "ad", false, NB_HINT_AD },
	{ "adbox", false, NB_HINT_AD },
	{ "addthis", true, NB_HINT_SHARE },
	{ "addtoany", true, NB_HINT_SHARE },
	{ "ads", false, NB_HINT_AD },
	{ "adsense", false, NB_HINT_AD },
	{ "adslot", false, NB_HINT_AD },
	{ "advert", true, NB_HINT_AD },
	{ "affiliate", true, NB_HINT_AD },
	{ "alert", false, NB_HINT_NOTICE },
	{ "also", false, IS_MORE },
	{ "article", false, NB_HINT_ARTICLE | IS_STORY },
	{ "articlebody", false, NB_HINT_BODY },
	{ "articlecontent", false, NB_HINT_BODY },
	{ "articles", false, IS_STORY },
	{ "articletext", false, NB_HINT_BODY },
	{ "aside", false, NB_HINT_ASIDE },
	{ "author", true, NB_HINT_AUTHOR },
	{ "banner", true, NB_HINT_AD },
	{ "bio", false, NB_HINT_AUTHOR },
	{ "biography", false, NB_HINT_AUTHOR },
	{ "blog", false, IS_STORY },
	{ "body", false, IS_CONTENT },
	{ "bodytext", false, NB_HINT_BODY },
	{ "breadcrumb", true, NB_HINT_NAV },
	{ "byline", true, NB_HINT_AUTHOR },
	{ "caption", true, NB_HINT_CAPTION },
	{ "carousel", true, NB_HINT_MEDIA },
	{ "categories", false, NB_HINT_TAGS },
	{ "category", false, NB_HINT_TAGS },
	{ "comment", false, NB_HINT_COMMENT },
	{ "commentbox", false, NB_HINT_COMMENT },
	{ "commentform", false, NB_HINT_COMMENT },
	{ "commenting", false, NB_HINT_COMMENT },
	{ "commentlist", false, NB_HINT_COMMENT },
	{ "comments", false, NB_HINT_COMMENT },
	{ "complementary", false, NB_HINT_ASIDE },
	{ "consent", true, NB_HINT_NOTICE },
	{ "content", false, NB_HINT_MAIN | IS_CONTENT },
	{ "contentinfo", false, NB_HINT_FOOTER },
	{ "contributor", true, NB_HINT_AUTHOR },
	{ "cookie", true, NB_HINT_NOTICE },
	{ "copy", false, IS_CONTENT },
	{ "copyright", true, NB_HINT_FOOTER },
	{ "credit", true, NB_HINT_CAPTION },
	{ "crumb", true, NB_HINT_NAV },
	{ "date", false, NB_HINT_DATE },
	{ "datetime", false, NB_HINT_DATE },
	{ "dialog", false, NB_HINT_NOTICE },
	{ "disclaimer", true, NB_HINT_FOOTER },
	{ "discuss", true, NB_HINT_COMMENT },
	{ "disqus", true, NB_HINT_COMMENT },
	{ "donat", true, NB_HINT_SIGNUP },
	{ "dropdown", true, NB_HINT_NAV },
	{ "enabled", false, IS_STATE },
	{ "entry", false, NB_HINT_ARTICLE | IS_STORY },
	{ "entrycontent", false, NB_HINT_BODY },
	{ "facebook", false, NB_HINT_SHARE },
	{ "figcaption", false, NB_HINT_CAPTION },
	{ "follow", false, NB_HINT_SHARE },
	{ "foot", false, NB_HINT_FOOTER },
	{ "footer", true, NB_HINT_FOOTER },
	{ "gallery", true, NB_HINT_MEDIA },
	{ "gdpr", true, NB_HINT_NOTICE },
	{ "has", false, IS_STATE },
	{ "headline", false, NB_HINT_TITLE },
	{ "infobox", false, NB_HINT_ASIDE },
	{ "intro", false, NB_HINT_LEAD },
	{ "jumbotron", false, NB_HINT_HEADER },
	{ "keyword", true, NB_HINT_TAGS },
	{ "latest", false, NB_HINT_RELATED },
	{ "lead", false, NB_HINT_LEAD },
	{ "legal", false, NB_HINT_FOOTER },
	{ "lightbox", true, NB_HINT_NOTICE },
	{ "linkedin", false, NB_HINT_SHARE },
	{ "livefyre", false, NB_HINT_COMMENT },
	{ "login", false, NB_HINT_SIGNUP },
	{ "main", false, NB_HINT_MAIN | IS_CONTENT },
	{ "masthead", false, NB_HINT_HEADER },
	{ "menu", true, NB_HINT_NAV },
	{ "meta", false, NB_HINT_DATE },
	{ "metadata", false, NB_HINT_DATE },
	{ "modal", true, NB_HINT_NOTICE },
	{ "more", false, IS_MORE },
	{ "most", false, IS_MORE },
	{ "nav", false, NB_HINT_NAV },
	{ "navbar", true, NB_HINT_NAV },
	{ "navigation", true, NB_HINT_NAV },
	{ "news", false, IS_STORY },
	{ "newsletter", true, NB_HINT_SIGNUP },
	{ "next", false, IS_MORE },
	{ "no", false, IS_STATE },
	{ "optin", false, NB_HINT_SIGNUP },
	{ "other", false, IS_MORE },
	{ "outbrain", false, NB_HINT_RELATED },
	{ "overlay", true, NB_HINT_NOTICE },
	{ "pager", false, NB_HINT_NAV },
	{ "pagination", false, NB_HINT_NAV },
	{ "paywall", true, NB_HINT_SIGNUP },
	{ "pinterest", false, NB_HINT_SHARE },
	{ "player", true, NB_HINT_MEDIA },
	{ "popular", true, NB_HINT_RELATED },
	{ "popup", true, NB_HINT_NOTICE },
	{ "post", false, NB_HINT_ARTICLE | IS_STORY },
	{ "postcontent", false, NB_HINT_BODY },
	{ "postmeta", false, NB_HINT_DATE },
	{ "posts", false, IS_STORY },
	{ "prev", false, IS_MORE },
	{ "previous", false, IS_MORE },
	{ "privacy", false, NB_HINT_NOTICE },
	{ "promo", true, NB_HINT_AD },
	{ "pubdate", false, NB_HINT_DATE },
	{ "published", false, NB_HINT_DATE },
	{ "rail", false, NB_HINT_ASIDE },
	{ "rating", true, NB_HINT_DATE },
	{ "reactions", false, NB_HINT_COMMENT },
	{ "readmore", false, NB_HINT_RELATED },
	{ "recirc", true, NB_HINT_RELATED },
	{ "recommend", true, NB_HINT_RELATED },
	{ "register", false, NB_HINT_SIGNUP },
	{ "related", true, NB_HINT_RELATED },
	{ "replies", false, NB_HINT_COMMENT },
	{ "reply", false, NB_HINT_COMMENT },
	{ "respond", false, NB_HINT_COMMENT },
	{ "search", true, NB_HINT_NAV },
	{ "share", true, NB_HINT_SHARE },
	{ "sharing", false, NB_HINT_SHARE },
	{ "sidebar", true, NB_HINT_ASIDE },
	{ "signup", false, NB_HINT_SIGNUP },
	{ "similar", false, NB_HINT_RELATED },
	{ "slider", true, NB_HINT_MEDIA },
	{ "slideshow", true, NB_HINT_MEDIA },
	{ "social", true, NB_HINT_SHARE },
	{ "sponsor", true, NB_HINT_AD },
	{ "standfirst", false, NB_HINT_LEAD },
	{ "stories", false, IS_STORY },
	{ "story", false, NB_HINT_ARTICLE | IS_STORY },
	{ "storybody", false, NB_HINT_BODY },
	{ "storytext", false, NB_HINT_BODY },
	{ "submenu", true, NB_HINT_NAV },
	{ "subscri", true, NB_HINT_SIGNUP },
	{ "suggest", true, NB_HINT_RELATED },
	{ "summary", false, NB_HINT_LEAD },
	{ "taboola", false, NB_HINT_RELATED },
	{ "tag", false, NB_HINT_TAGS },
	{ "taglist", false, NB_HINT_TAGS },
	{ "tags", false, NB_HINT_TAGS },
	{ "teaser", true, NB_HINT_RELATED },
	{ "text", false, IS_CONTENT },
	{ "timestamp", true, NB_HINT_DATE },
	{ "title", false, NB_HINT_TITLE },
	{ "toc", false, NB_HINT_NAV },
	{ "toolbar", false, NB_HINT_SHARE },
	{ "tooltip", true, NB_HINT_NOTICE },
	{ "topics", false, NB_HINT_TAGS },
	{ "trending", false, NB_HINT_RELATED },
	{ "twitter", false, NB_HINT_SHARE },
	{ "video", true, NB_HINT_MEDIA },
	{ "whatsapp", false, NB_HINT_SHARE },
	{ "widget", true, NB_HINT_ASIDE },
	{ "with", false, IS_STATE },
	{ "without", false, IS_STATE },
	{ "yarpp", false, NB_HINT_RELATED },
};

static bool is_letter(char c)
{
	return ((unsigned char)c | 32) >= 'a' && ((unsigned char)c | 32) <= 'z';
}

static bool is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

static uint32_t hints_of(const char *word)
{
	size_t low = 0, high = sizeof(known) / sizeof(known[0]);

	while (low < high) {
		size_t mid = (low + high) / 2;
		int order = strncmp(known[mid].word, word,
				    known[mid].prefix ? strlen(known[mid].word) : WORD_MOST);

		if (order == 0)
			return known[mid].hints;
		if (order < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return 0;
}

/* The next word of a name: letters, up to a mark or a capital after a small letter. */
static const char *next_word(const char *p, const char *end, char word[WORD_MOST], size_t *n)
{
	const char *from;

	while (p < end && !is_letter(*p))
		p++;
	for (from = p, *n = 0; p < end && is_letter(*p); p++) {
		if (p > from && is_upper(*p) && !is_upper(p[-1]))
			break;
		if (*n < WORD_MOST - 1)
			word[(*n)++] = (char)(*p | 32);
	}
	word[*n] = '\0';
	return p;
}

/* What a name means: its words, and what they mean together. */
static uint32_t hints_of_name(const char *p, const char *end)
{
	uint32_t hints = 0, private = IS_STORY | IS_CONTENT | IS_MORE | IS_STATE;
	char word[WORD_MOST];
	size_t n;

	while ((p = next_word(p, end, word, &n)), n > 0)
		hints |= hints_of(word);
	if (hints & IS_STATE)
		return 0;
	if (hints & IS_STORY && hints & IS_MORE)
		hints |= NB_HINT_RELATED;
	else if (hints & IS_STORY && hints & IS_CONTENT && !(hints & NB_HINT_FURNITURE))
		hints |= NB_HINT_BODY;
	return hints & ~private;
}

uint32_t nb_html_hint_words(nb_str value)
{
	const char *p = value.ptr, *end = p ? p + value.len : p;
	uint32_t hints = 0;

	while (p < end) {
		const char *from = p;

		while (p < end && (unsigned char)*p > ' ')
			p++;
		if (p > from)
			hints |= hints_of_name(from, p);
		p += p < end;
	}
	return hints;
}

uint32_t nb_html_hint_tag(nb_html_tag tag)
{
	switch (tag) {
	case NB_TAG_ARTICLE:
		return NB_HINT_ARTICLE;
	case NB_TAG_MAIN:
		return NB_HINT_MAIN;
	case NB_TAG_ASIDE:
		return NB_HINT_ASIDE;
	case NB_TAG_NAV:
	case NB_TAG_MENU:
		return NB_HINT_NAV;
	case NB_TAG_FOOTER:
		return NB_HINT_FOOTER;
	case NB_TAG_FIGURE:
	case NB_TAG_FIGCAPTION:
	case NB_TAG_CAPTION:
		return NB_HINT_CAPTION;
	case NB_TAG_FORM:
	case NB_TAG_FIELDSET:
		return NB_HINT_FORM;
	case NB_TAG_DIALOG:
		return NB_HINT_NOTICE;
	default:
		return nb_html_tag_is(tag) & NB_TAG_SKIP ? NB_HINT_SKIP : 0;
	}
}
