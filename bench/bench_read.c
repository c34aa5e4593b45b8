/* SPDX-License-Identifier: MIT
 *
 * bench_read.c - how fast each format becomes articles: the same made-up reports in all of them.
 *
 * A file of each is written to /tmp, read whole, and counted: an article that is missing is a wrong
 * result.  The figure is bytes of the (unpacked) file by CPU time of all threads together, so that
 * it is that of one core; the ceiling is a single pass over memory.
 */
#include <omp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "bench.h"
#include "generate.h"
#include "newsbraid/reader.h"

enum { ARTICLES = 20000, ARTICLES_QUICK = 2000, RUNS = 5 };

#define FLASH 200u /* bytes: a page around less has no running text, and is a reject */

/* How a format writes a file of articles. */
typedef struct writer {
	const char *name, *ending, *begin, *end;
	void (*put)(FILE *f, const nb_article *a);
} writer;

/* ---- formats --------------------------------------------------------------------------------- */

static void put_json_string(FILE *f, nb_str s)
{
	putc('"', f);
	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.ptr[i];

		if (c < 0x20)
			fprintf(f, "\\u%04x", c);
		else if (c == '"' || c == '\\')
			fprintf(f, "\\%c", c);
		else
			putc(c, f);
	}
	putc('"', f);
}

/* Text as markup: each line a paragraph. */
static void put_paragraphs(FILE *f, nb_str s)
{
	fputs("<p>", f);
	for (size_t i = 0; i < s.len; i++)
		switch (s.ptr[i]) {
		case '\n': fputs("</p>\n<p>", f); break;
		case '<': fputs("&lt;", f); break;
		case '&': fputs("&amp;", f); break;
		default: putc(s.ptr[i], f);
		}
	fputs("</p>", f);
}

static void put_jsonl(FILE *f, const nb_article *a)
{
	fprintf(f, "{\"id\":\"%.*s\",\"date\":\"2026-03-17T21:00:00Z\",\"title\":", (int)a->id.len,
		a->id.ptr);
	put_json_string(f, a->title);
	fputs(",\"text\":", f);
	put_json_string(f, a->text);
	fputs("}\n", f);
}

static void put_ninjs(FILE *f, const nb_article *a)
{
	fprintf(f,
		"{\"uri\":\"urn:x:%.*s\",\"version\":\"1\",\"type\":\"text\",\"pubStatus\":\"usable\","
		"\"versionCreated\":\"2026-03-17T21:00:00+01:00\",\"language\":\"en\","
		"\"headlines\":[{\"role\":\"main\",\"value\":",
		(int)a->id.len, a->id.ptr);
	put_json_string(f, a->title);
	fputs("}],\"bodies\":[{\"role\":\"main\",\"contentType\":\"text/plain\",\"value\":", f);
	put_json_string(f, a->text);
	fputs("}]}\n", f);
}

static void put_newsml(FILE *f, const nb_article *a)
{
	fprintf(f,
		"<newsItem guid=\"urn:x:%.*s\" version=\"1\"><itemMeta><itemClass "
		"qcode=\"ninat:text\"/><versionCreated>2026-03-17T21:00:00+01:00</versionCreated>"
		"</itemMeta><contentMeta><headline>",
		(int)a->id.len, a->id.ptr);
	fputs("Headline</headline></contentMeta><contentSet><inlineXML "
	      "contenttype=\"application/nitf+xml\"><nitf><body><body.content>",
	      f);
	put_paragraphs(f, a->text);
	fputs("</body.content></body></nitf></inlineXML></contentSet></newsItem>\n", f);
}

static void put_csv(FILE *f, const nb_article *a)
{
	fprintf(f, "%.*s,\"", (int)a->id.len, a->id.ptr);
	for (size_t i = 0; i < a->text.len; i++) {
		if (a->text.ptr[i] == '"')
			putc('"', f);
		putc(a->text.ptr[i], f);
	}
	fputs("\"\n", f);
}

/* A page with what real ones have around their report: scripts, menus, teasers. */
static void put_page(FILE *f, const nb_article *a)
{
	fputs("<!doctype html><html lang=\"en\"><head><title>A report</title><script>", f);
	for (int i = 0; i < 150; i++)
		fprintf(f, "window.dataLayer.push({'event%d':[1,2,3],\"x\":function(){}});\n", i);
	fputs("</script></head><body><nav><ul>", f);
	for (int i = 0; i < 80; i++)
		fprintf(f, "<li class=\"menu-item item-%d\"><a href=\"/section/%d\">Section</a></li>\n",
			i, i);
	fputs("</ul></nav><main><article><h1>A report</h1>\n", f);
	put_paragraphs(f, a->text);
	fputs("</article></main><aside class=\"related\">", f);
	for (int i = 0; i < 60; i++)
		fprintf(f, "<div class=\"teaser\"><a href=\"/story/%d\"><h3>Another story</h3></a></div>\n",
			i);
	fputs("</aside></body></html>", f);
}

static void put_warc(FILE *f, const nb_article *a)
{
	char *body = NULL;
	size_t n = 0;
	FILE *page = open_memstream(&body, &n);

	if (!page)
		exit(1);
	fputs("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n", page);
	put_page(page, a);
	fclose(page);
	fprintf(f,
		"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:x:%.*s>\r\n"
		"WARC-Date: 2026-03-17T21:00:00Z\r\nContent-Type: application/http\r\n"
		"Content-Length: %zu\r\n\r\n",
		(int)a->id.len, a->id.ptr, n);
	fwrite(body, 1, n, f);
	fputs("\r\n\r\n", f);
	free(body);
}

static const writer writers[] = {
	{ "jsonl", ".jsonl", "", "", put_jsonl },
	{ "ninjs", ".jsonl", "", "", put_ninjs },
	{ "newsml_g2", ".xml",
	  "<newsMessage xmlns=\"http://iptc.org/std/nar/2006-10-01/\"><itemSet>\n",
	  "</itemSet></newsMessage>\n", put_newsml },
	{ "csv", ".csv", "id,text\n", "", put_csv },
	{ "warc", ".warc", "", "", put_warc },
};

/* ---- measuring ------------------------------------------------------------------------------- */

/* Bytes of the file; *n articles. */
static double write_file(const writer *w, const gen_night *night, const char *path, size_t *n)
{
	gen_writer *articles = gen_writer_new(night);
	FILE *f = fopen(path, "wb");
	double bytes;
	nb_article a;

	if (!articles || !f) {
		fprintf(stderr, "bench_read: %s cannot be written\n", path);
		exit(1);
	}
	fputs(w->begin, f);
	for (uint32_t i = 0; i < gen_n_articles(night); i++) {
		gen_article(articles, i, &a);
		if (a.text.len < FLASH)
			continue;
		w->put(f, &a);
		++*n;
	}
	fputs(w->end, f);
	bytes = (double)ftell(f);
	if (fclose(f) != 0)
		exit(1);
	gen_writer_free(articles);
	return bytes;
}

static double cpu_of_all_threads(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* Articles of the file; SIZE_MAX if it cannot be read. */
static size_t read_file(const char *path)
{
	nb_reader_options o;
	nb_batch batch = { 0 };
	nb_reader *reader;
	size_t n = 0;
	nb_error err;

	nb_reader_options_init(&o);
	o.input = &path;
	o.n_input = 1;
	if (nb_reader_new(&o, &reader, &err) != NB_OK)
		return SIZE_MAX;
	do {
		if (nb_reader_next(reader, &batch, &err) != NB_OK)
			return SIZE_MAX;
		n += batch.n;
	} while (!nb_batch_is_empty(&batch));
	nb_batch_release(&batch);
	nb_reader_free(reader);
	return n;
}

static void measure(bench *b, const writer *w, const gen_night *night)
{
	double bytes, ceiling, seconds[RUNS];
	size_t n = 0;
	char path[64];

	snprintf(path, sizeof(path), "/tmp/bench_read.%d%s", (int)getpid(), w->ending);
	bytes = write_file(w, night, path, &n);
	ceiling = bench_read_bandwidth((size_t)64 << 20);
	for (int i = 0; i < RUNS; i++) {
		double before = cpu_of_all_threads();

		if (read_file(path) != n) {
			bench_wrong(b, w->name, NULL, "not every article was read");
			unlink(path);
			return;
		}
		seconds[i] = cpu_of_all_threads() - before;
	}
	unlink(path);
	bench_report(b,
		     &(bench_metric){ .metric = w->name,
				      .unit = "bytes/s",
				      .work = bytes,
				      .ceiling = ceiling,
				      .how = "one pass over memory" },
		     bench_stat_of(seconds, RUNS));
}

int main(int argc, char **argv)
{
	gen_night *night;
	bench b;

	bench_start(&b, "read", argc, argv);
	omp_set_num_threads(1);
	night = gen_night_new(1, b.quick ? ARTICLES_QUICK : ARTICLES);
	if (!night)
		return 1;
	for (size_t i = 0; i < sizeof(writers) / sizeof(writers[0]); i++)
		measure(&b, &writers[i], night);
	gen_night_free(night);
	return bench_end(&b);
}
