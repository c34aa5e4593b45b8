/* SPDX-License-Identifier: MIT
 *
 * test_decompress.c - compressed inputs, whole and damaged: what could be read is kept, what could
 * not is told of, and nothing depends on how the bytes arrive.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "unit/reading.h"

typedef void pack(struct bytes *out, const void *p, size_t n);

static const struct packer {
	const char *name;
	pack *pack;
} packer[2] = { { "in.jsonl.zst", add_zstd }, { "in.jsonl.gz", add_gzip } };

static char *dump_bytes(const char *folder, const char *name, const struct bytes *b)
{
	struct reading r = reading_bytes(folder, name, b->p, b->n);
	char *text = reading_dump(&r);

	reading_release(&r);
	return text;
}

/* The articles of `part` are the first ones of `all`. */
static void assert_prefix(const struct reading *part, const struct reading *all)
{
	assert_true(part->n <= all->n);
	for (size_t i = 0; i < part->n; i++) {
		assert_int_equal(part->article[i].line, all->article[i].line);
		assert_int_equal(part->article[i].text.len, all->article[i].text.len);
		assert_memory_equal(part->article[i].text.ptr, all->article[i].text.ptr,
				    all->article[i].text.len);
	}
}

static void packed_is_as_plain(void **state)
{
	struct bytes lines = make_lines(0, 500, 2000);
	char *plain = dump_bytes(*state, "in.jsonl", &lines);

	for (int k = 0; k < 2; k++) {
		struct bytes whole = { 0 }, pieces = { 0 };
		char *got;

		packer[k].pack(&whole, lines.p, lines.n);
		got = dump_bytes(*state, packer[k].name, &whole);
		assert_string_equal(got, plain);
		free(got);
		/* the content decides, not the name */
		got = dump_bytes(*state, "in.jsonl", &whole);
		assert_string_equal(got, plain);
		free(got);
		/* many frames or members, cut anywhere, empty ones among them */
		for (size_t at = 0, step = 1; at < lines.n; at += step, step = step * 3 / 2 + 1) {
			if (step > lines.n - at)
				step = lines.n - at;
			packer[k].pack(&pieces, lines.p + at, step);
			packer[k].pack(&pieces, "", 0);
		}
		got = dump_bytes(*state, packer[k].name, &pieces);
		assert_string_equal(got, plain);
		free(got);
		free(whole.p);
		free(pieces.p);
	}
	free(plain);
	free(lines.p);
}

/* Large enough to be split into units for several threads; frames or members of all sizes. */
static void pieces_in_parallel(const char *folder, int k)
{
	struct bytes lines = make_lines(0, 8000, 3000), packed = { 0 };
	char *plain = dump_bytes(folder, "in.jsonl", &lines), *got;
	size_t at = 0;

	for (size_t step = 50; at < lines.n; at += step, step = step * 2 % 1000003 + 100) {
		if (step > lines.n - at)
			step = lines.n - at;
		packer[k].pack(&packed, lines.p + at, step);
	}
	assert_true(packed.n > 5 << 20);
	got = dump_bytes(folder, packer[k].name, &packed);
	assert_string_equal(got, plain);
	free(got);
	/* damage far after: all that stands before it is read, nothing after it */
	if (k == 0)
		packed.p[packed.n - 3000] ^= 4;
	else /* what a checksum alone tells would come too late for a large member */
		packed.n -= packed.n / 4;
	{
		struct reading r = reading_bytes(folder, packer[k].name, packed.p, packed.n);
		struct reading all = reading_bytes(folder, "in.jsonl", lines.p, lines.n);

		assert_true(r.n > 0 && r.n < all.n);
		assert_prefix(&r, &all);
		assert_int_equal(r.reject[r.n_reject - 1].reason, NB_REJECT_DAMAGED);
		assert_int_equal(r.file[0].truncated, 1);
		reading_release(&r);
		reading_release(&all);
	}
	free(packed.p);
	free(lines.p);
	free(plain);
}

static void many_frames_in_parallel(void **state)
{
	pieces_in_parallel(*state, 0);
}

static void many_members_in_parallel(void **state)
{
	pieces_in_parallel(*state, 1);
}

/* Members that hold what looks like members: stored as they are, whole members and mere headers. */
static struct bytes make_traps(const struct bytes *lines, size_t piece)
{
	struct bytes content = { 0 }, trap = { 0 };

	add_gzip(&trap, "{\"id\":\"trap\",\"text\":\"never\"}\n", 32);
	for (size_t at = 0; at < lines->n; at += piece) {
		size_t n = lines->n - at < piece ? lines->n - at : piece;

		bytes_add(&content, lines->p + at, n);
		bytes_add(&content, "\n", 1);
		bytes_add(&content, trap.p, at % 2 ? trap.n : 12);
		bytes_add(&content, "\n", 1);
	}
	free(trap.p);
	return content;
}

/* Where a stretch of members begins is a guess: what is guessed wrong must change nothing. */
static void members_in_members_are_no_members(void **state)
{
	struct bytes lines = make_lines(0, 3000, 3000), content = make_traps(&lines, 30001);
	char *plain = dump_bytes(*state, "in.jsonl", &content);

	/* members with few traps, with many, and one large enough for many units */
	for (size_t size = 10000; size < 200u << 20; size = size * 30 + 7) {
		struct bytes packed = { 0 };
		char *got;

		for (size_t at = 0, i = 0; at < content.n; at += size, i++)
			add_gzip_at(&packed, content.p + at,
				    content.n - at < size ? content.n - at : size, i % 7 ? 0 : 6);
		got = dump_bytes(*state, "in.jsonl.gz", &packed);
		assert_string_equal(got, plain);
		free(got);
		/* with something after it, and cut inside a member */
		bytes_add(&packed, "after", 6);
		free(dump_bytes(*state, "in.jsonl.gz", &packed));
		packed.n = packed.n / 3 * 2;
		free(dump_bytes(*state, "in.jsonl.gz", &packed));
		free(packed.p);
	}
	free(plain);
	free(content.p);
	free(lines.p);
}

static void skippable_frames_are_skipped(void **state)
{
	static const char skip[] = "\x50\x2a\x4d\x18\x07\0\0\0seeking";
	struct bytes lines = make_lines(0, 5, 200), b = { 0 };
	char *plain = dump_bytes(*state, "in.jsonl", &lines), *got;

	bytes_add(&b, skip, sizeof(skip) - 1);
	add_zstd(&b, lines.p, lines.n);
	bytes_add(&b, skip, sizeof(skip) - 1);
	got = dump_bytes(*state, "in.jsonl.zst", &b);
	assert_string_equal(got, plain);
	free(got);
	free(b.p);
	free(plain);
	free(lines.p);
}

/* Zeros after the end are padding; anything else deserves a word, but costs no article. */
static void what_stands_after_the_end(void **state)
{
	static const struct {
		const char *tail;
		size_t n;
		int damaged;
	} form[] = { { "\0\0\0\0\0\0\0", 7, 0 },
		     { "\0", 1, 0 },
		     { "garbage", 7, 1 },
		     { "\x1f", 1, 1 },
		     { "\0\0\0x", 4, 1 } };
	struct bytes lines = make_lines(0, 20, 300);

	for (int k = 0; k < 2; k++) {
		for (size_t i = 0; i < sizeof(form) / sizeof(form[0]); i++) {
			struct bytes b = { 0 };
			struct reading r;

			packer[k].pack(&b, lines.p, lines.n);
			bytes_add(&b, form[i].tail, form[i].n);
			r = reading_bytes(*state, packer[k].name, b.p, b.n);
			assert_int_equal(r.n, 20);
			assert_int_equal(r.n_reject, form[i].damaged);
			assert_int_equal(r.file[0].truncated, form[i].damaged);
			if (form[i].damaged) {
				assert_int_equal(r.reject[0].reason, NB_REJECT_DAMAGED);
				assert_int_equal(r.reject[0].byte, lines.n);
				assert_int_equal(r.reject[0].line, 21);
			}
			reading_release(&r);
			free(b.p);
		}
	}
	free(lines.p);
}

/* Every byte of the beginning and of the end, some places between. */
static size_t next_cut(size_t cut, size_t n)
{
	if (cut < 20 || cut >= n - 20)
		return cut + 1;
	cut += n / 61;
	return cut < n - 20 ? cut : n - 20;
}

/* Cut anywhere: a prefix of the articles, one DAMAGED reject and nothing else. */
static void truncation(void **state)
{
	struct bytes lines = make_lines(0, 300, 2000);
	struct reading all = reading_bytes(*state, "in.jsonl", lines.p, lines.n);

	for (int k = 0; k < 2; k++) {
		struct bytes b = { 0 };
		size_t most = 0;

		packer[k].pack(&b, lines.p, lines.n);
		for (size_t cut = 0; cut < b.n; cut = next_cut(cut, b.n)) {
			struct reading r = reading_bytes(*state, packer[k].name, b.p, cut);

			assert_prefix(&r, &all);
			assert_int_equal(r.n_reject, 1);
			assert_int_equal(r.reject[0].reason, NB_REJECT_DAMAGED);
			assert_int_equal(r.file[0].truncated, 1);
			if (r.n) /* the line that is cut, or the one after the last */
				assert_in_range(r.reject[0].line, r.article[r.n - 1].line,
						r.article[r.n - 1].line + 1);
			assert_true(r.n >= most); /* a longer part gives no less */
			most = r.n;
			reading_release(&r);
		}
		assert_true(most >= 230); /* all but the last block */
		free(b.p);
	}
	reading_release(&all);
	free(lines.p);
}

/* One wrong bit: never a crash, never a whole file; only what stands before it may be kept. */
static void single_bit_flips(void **state)
{
	struct bytes lines = make_lines(0, 60, 1000);
	uint64_t x = 88172645463325252u;

	for (int k = 0; k < 2; k++) {
		struct bytes b = { 0 };

		packer[k].pack(&b, lines.p, lines.n);
		for (int round = 0; round < 150; round++) {
			struct reading r;
			size_t at;

			x ^= x << 13, x ^= x >> 7, x ^= x << 17;
			at = x % b.n;
			if (k == 1 && at < 10)
				continue; /* a gzip header's time stamp and such mean nothing to us
					   */
			b.p[at] ^= (char)(1 << (x >> 60 & 7));
			r = reading_bytes(*state, packer[k].name, b.p, b.n);
			b.p[at] ^= (char)(1 << (x >> 60 & 7));
			assert_true(r.n_reject > 0);
			assert_true(r.reject[r.n_reject - 1].reason == NB_REJECT_DAMAGED ||
				    r.reject[r.n_reject - 1].reason == NB_REJECT_UNREADABLE);
			assert_true(r.n <= 60);
			reading_release(&r);
		}
		free(b.p);
	}
	free(lines.p);
}

/* What is kept of a damaged file does not depend on threads or on the sizes of our buffers. */
static void damage_is_deterministic(void **state)
{
	struct bytes lines = make_lines(0, 2000, 2000);

	for (int k = 0; k < 2; k++) {
		char *path = folder_path(*state, packer[k].name), *first = NULL;
		const char *input = path;
		struct bytes b = { 0 };

		packer[k].pack(&b, lines.p, lines.n);
		b.p[b.n / 3 * 2] ^= 16;
		folder_write(*state, packer[k].name, b.p, b.n);
		for (size_t batch = 1; batch <= 64 << 20; batch *= 64) {
			nb_reader_options o;
			struct reading r;
			char *text;

			nb_reader_options_init(&o);
			o.input = &input;
			o.n_input = 1;
			o.batch_bytes = batch;
			r = reading_of(&o);
			assert_true(r.n > 0 && r.n_reject > 0);
			assert_int_equal(r.reject[r.n_reject - 1].reason, NB_REJECT_DAMAGED);
			text = reading_dump(&r);
			if (first)
				assert_string_equal(text, first);
			else
				first = strdup(text);
			free(text);
			reading_release(&r);
		}
		free(first);
		free(path);
		free(b.p);
	}
	free(lines.p);
}

/* A gigabyte of nothing in a few kilobytes: one reject, in bounded memory. */
static void a_bomb_is_one_reject(void **state)
{
	ZSTD_CCtx *c = ZSTD_createCCtx();
	size_t chunk = 1 << 20;
	char *zeros = malloc(chunk), out[1 << 16];
	struct bytes b = { 0 };
	struct reading r;

	memset(zeros, 'z', chunk);
	zeros[0] = '{';
	zeros[1] = '"';
	for (int i = 0; i <= 200; i++) {
		ZSTD_inBuffer in = { zeros, i < 200 ? chunk : 0, 0 };
		size_t left;

		do {
			ZSTD_outBuffer o = { out, sizeof(out), 0 };

			left = ZSTD_compressStream2(c, &o, &in,
						    i < 200 ? ZSTD_e_continue : ZSTD_e_end);
			assert_false(ZSTD_isError(left));
			bytes_add(&b, out, o.pos);
		} while (i < 200 ? in.pos < in.size : left > 0);
	}
	assert_true(b.n < 100000);
	r = reading_bytes(*state, "bomb.jsonl.zst", b.p, b.n);
	assert_int_equal(r.n, 0);
	assert_int_equal(r.n_reject, 1);
	assert_int_equal(r.reject[0].reason, NB_REJECT_TOO_LONG);
	assert_int_equal(r.reject[0].sample.len, NB_REJECT_SAMPLE);
	reading_release(&r);
	ZSTD_freeCCtx(c);
	free(zeros);
	free(b.p);
}

static void a_window_too_large_is_refused(void **state)
{
	/* frame header: no content size, window log 28; then one raw block "x" */
	static const char frame[] = "\x28\xb5\x2f\xfd\x00\x90\x09\x00\x00x";
	struct reading r = reading_bytes(*state, "in.jsonl.zst", frame, sizeof(frame) - 1);

	assert_int_equal(r.n, 0);
	assert_int_equal(r.n_reject, 1);
	assert_int_equal(r.reject[0].reason, NB_REJECT_DAMAGED);
	assert_non_null(strstr(r.reject[0].detail.ptr, "memory"));
	reading_release(&r);
}

/* Half a text is no article. */
static void a_truncated_text_file(void **state)
{
	struct bytes text = { 0 }, b = { 0 };
	struct reading r;

	for (int i = 0; i < 3000; i++) {
		char line[64];

		bytes_add(&text, line,
			  (size_t)snprintf(line, sizeof(line), "Line %d of %x\n", i, i * 77777));
	}
	add_gzip(&b, text.p, text.n);
	r = reading_bytes(*state, "a.txt.gz", b.p, b.n);
	assert_int_equal(r.n, 1);
	assert_string_equal(r.file[0].format, "text");
	reading_release(&r);
	r = reading_bytes(*state, "a.txt.gz", b.p, b.n / 2);
	assert_int_equal(r.n, 0);
	assert_int_equal(r.n_reject, 1);
	assert_int_equal(r.reject[0].reason, NB_REJECT_DAMAGED);
	assert_memory_equal(r.reject[0].sample.ptr, "Line 0 of 0\n", 12);
	reading_release(&r);
	free(text.p);
	free(b.p);
}

#define test(f) cmocka_unit_test_setup_teardown(f, folder_setup, folder_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(packed_is_as_plain),
		test(many_frames_in_parallel),
		test(many_members_in_parallel),
		test(members_in_members_are_no_members),
		test(skippable_frames_are_skipped),
		test(what_stands_after_the_end),
		test(truncation),
		test(single_bit_flips),
		test(damage_is_deterministic),
		test(a_bomb_is_one_reject),
		test(a_window_too_large_is_refused),
		test(a_truncated_text_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
