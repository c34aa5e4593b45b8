/* two_texts.c - how alike are two texts?  What their sketches say, then the exact answer. */
#include <newsbraid.h>
#include <stdio.h>

static const char first[] = "The tanker ran aground off Narva at dawn on Friday, the coast guard "
			    "said, and all twelve of its crew were taken off by helicopter.";
static const char second[] = "NARVA (Reuters) - The tanker ran aground off Narva at dawn on Friday, "
			     "the coast guard said, and all twelve of its crew were taken off unhurt.";

int main(void)
{
	nb_sketcher sketcher = { 0 };
	nb_sketch_params params;
	nb_copy_params limits;
	nb_sketch a, b;
	nb_prepared *text_a = NULL, *text_b = NULL;
	nb_span span[NB_EDGE_SPANS];
	nb_edge edge;

	nb_sketch_params_init(&params);
	nb_copy_params_init(&limits);
	if (nb_sketch_text(&sketcher, &params, first, sizeof(first) - 1, &a) != NB_OK ||
	    nb_sketch_text(&sketcher, &params, second, sizeof(second) - 1, &b) != NB_OK ||
	    nb_prepare(&sketcher.tokens, &params, NB_STR(first), &text_a) != NB_OK ||
	    nb_prepare(&sketcher.tokens, &params, NB_STR(second), &text_b) != NB_OK ||
	    nb_verify_text(text_a, text_b, &limits, NB_NO_TIME, &edge, span) != NB_OK)
		return 1;
	printf("Jaccard about %.2f, exactly %.4f; containment %.4f: %s\n",
	       nb_minhash_jaccard(nb_minhash_equal(a.lane, b.lane)), edge.jaccard, edge.containment,
	       nb_relation_name((nb_relation)edge.relation));
	nb_prepared_free(text_a);
	nb_prepared_free(text_b);
	nb_sketcher_release(&sketcher);
}
