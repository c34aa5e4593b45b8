/* SPDX-License-Identifier: MIT
 *
 * number_word.c - see number_word.h.
 *
 * Agencies write numbers up to ten or twelve in words, and the same report of a series has "six" one
 * day and "6.5" the next.  Left out is what is something else in one of the languages: Spanish once
 * and sei, French onze and neuf and sept, Dutch een, Italian due.
 */
#include "text/number_word.h"

#include <stdlib.h>
#include <string.h>

#include "newsbraid/token.h"

/* English, Dutch, German, French, Spanish, Italian, Portuguese, Polish, Russian, Ukrainian. */
static const char *const words_of[] = {
	[1] = "1 one eins один одна одну одного",
	[2] = "2 two twee zwei deux dos dois duas dwa dwie два две двух дві двох",
	[3] = "3 three drie drei trois tres tre três trzy три трёх трьох",
	[4] = "4 four vier quatre cuatro quattro quatro cztery четыре четырёх чотири чотирьох",
	[5] = "5 five vijf fünf cinq cinco cinque pięć пять пяти",
	[6] = "6 six zes sechs seis sześć шесть шести шість шести",
	[7] = "7 seven zeven sieben siete sette sete siedem семь семи сім семи",
	[8] = "8 eight acht huit ocho otto oito osiem восемь восьми вісім",
	[9] = "9 nine negen neun nueve nove dziewięć девять девяти",
	[10] = "10 ten tien zehn dix diez dieci dez dziesięć десять десяти",
	[11] = "11 eleven elf undici jedenaście одиннадцать одиннадцати одинадцять",
	[12] = "12 twelve twaalf zwölf douze doce dodici doze dwanaście двенадцать дванадцять",
};

static void put(nb_number_words *w, uint64_t token, uint8_t value)
{
	uint32_t at = (uint32_t)token % NB_NUMBER_SLOTS;

	while (w->value[at] && w->token[at] != token)
		at = (at + 1) % NB_NUMBER_SLOTS;
	w->token[at] = token;
	w->value[at] = value;
}

nb_status nb_number_words_new(nb_number_words **out)
{
	nb_number_words *w = calloc(1, sizeof(*w));
	nb_status status = w ? NB_OK : NB_ENOMEM;
	nb_tokens t = { 0 };

	for (uint8_t value = 1; status == NB_OK && value < sizeof(words_of) / sizeof(*words_of);
	     value++) {
		status = nb_token_hashes(&t, words_of[value], strlen(words_of[value]));
		for (size_t i = 0; status == NB_OK && i < t.n; i++)
			put(w, t.hash[i], value);
	}
	nb_tokens_release(&t);
	if (status != NB_OK) {
		free(w);
		w = NULL;
	}
	*out = w;
	return status;
}
