/* SPDX-License-Identifier: MIT
 *
 * langid_shim.cpp - see langid_shim.h.  The only file that is compiled with exceptions: fastText
 * throws when a model is damaged.
 */
#include "foreign/langid_shim.h"

#include <cstring>
#include <exception>
#include <istream>
#include <new>
#include <streambuf>
#include <string>
#include <utility>
#include <vector>

#include <cld2/public/compact_lang_det.h>
#include <fasttext/fasttext.h>

struct nb_foreign_fasttext {
	fasttext::FastText model;
};

namespace
{
/* A stream over bytes that stay where they are; fastText seeks in it. */
struct memory_stream : std::streambuf {
	memory_stream(const char *p, size_t n)
	{
		char *begin = const_cast<char *>(p);

		setg(begin, begin, begin + n);
	}
	pos_type seekoff(off_type off, std::ios_base::seekdir dir, std::ios_base::openmode) override
	{
		char *to = dir == std::ios_base::beg ? eback() + off
			   : dir == std::ios_base::cur ? gptr() + off
						       : egptr() + off;

		if (to < eback() || to > egptr())
			return pos_type(off_type(-1));
		setg(eback(), to, egptr());
		return to - eback();
	}
	pos_type seekpos(pos_type pos, std::ios_base::openmode which) override
	{
		return seekoff(off_type(pos), std::ios_base::beg, which);
	}
};

void copy_label(char label[8], const char *from)
{
	std::strncpy(label, from, 7);
	label[7] = '\0';
}
} // namespace

extern "C" nb_foreign_fasttext *nb_foreign_fasttext_new(const char *path)
{
	nb_foreign_fasttext *f = new (std::nothrow) nb_foreign_fasttext;

	try {
		if (f)
			f->model.loadModel(path);
		return f;
	} catch (const std::exception &) {
		delete f;
		return nullptr;
	}
}

extern "C" void nb_foreign_fasttext_free(nb_foreign_fasttext *f)
{
	delete f;
}

extern "C" bool nb_foreign_fasttext_label(const nb_foreign_fasttext *f, const char *line, size_t n,
					  char label[8], float *p)
{
	static const char prefix[] = "__label__";

	try {
		memory_stream buffer(line, n);
		std::istream in(&buffer);
		std::vector<std::pair<fasttext::real, std::string>> found;

		if (!f->model.predictLine(in, found, 1, 0.0f) || found.empty())
			return false;
		const std::string &name = found[0].second;
		bool marked = name.compare(0, sizeof(prefix) - 1, prefix) == 0;

		copy_label(label, name.c_str() + (marked ? sizeof(prefix) - 1 : 0));
		*p = found[0].first;
		return true;
	} catch (const std::exception &) {
		return false;
	}
}

extern "C" void nb_foreign_cld2(const char *text, size_t n, char label[8], bool *reliable)
{
	*label = '\0';
	*reliable = false;
	try {
		CLD2::Language found =
			CLD2::DetectLanguage(text, static_cast<int>(n), true, reliable);

		if (found != CLD2::UNKNOWN_LANGUAGE)
			copy_label(label, CLD2::LanguageCode(found));
	} catch (const std::exception &) {
		*reliable = false;
	}
}
