/* list_of_texts.c - which of these texts are copies of which? */
#include <newsbraid.h>
#include <stdio.h>

#define TANKER "The tanker ran aground off Narva at dawn on Friday, the coast guard said, and all " \
	       "twelve of its crew were taken off by helicopter before the storm broke over the gulf. "
#define BUDGET "Parliament passed the budget by three votes after a night of bargaining in which " \
	       "the smaller coalition party won more money for schools and for the railways. "

int main(void)
{
	const nb_record record[] = {
		{ .id = NB_STR("a"), .published = NB_STR("2026-03-17T05:00Z"), .text = NB_STR(TANKER) },
		{ .id = NB_STR("b"), .published = NB_STR("2026-03-17T06:30Z"), .text = NB_STR(BUDGET) },
		{ .id = NB_STR("c"), .published = NB_STR("2026-03-17T07:10Z"),
		  .text = NB_STR("NARVA, Estonia (Reuters) - " TANKER "No oil was seen.") },
	};
	nb_run_options options;
	nb_run *run;
	nb_error err;

	nb_run_options_init(&options);
	options.find_events = false;
	if (nb_run_new(&options, &run, &err) != NB_OK ||
	    nb_run_add(run, record, sizeof(record) / sizeof(*record), &err) != NB_OK ||
	    nb_run_finish(run, &err) != NB_OK)
		return fprintf(stderr, "%s %s\n", err.path, err.reason), 1;

	const nb_published *result = nb_run_result(run);

	for (uint32_t i = 0; i < result->copies->n; i++) {
		nb_str id = nb_night_id(result->night, i);
		nb_str leader = nb_night_id(result->night, result->copies->leader[i]);

		printf("%.*s %s %.*s\n", (int)id.len, id.ptr,
		       result->copies->leader[i] == i ? "is the first of its text:" : "is a copy of",
		       (int)leader.len, leader.ptr);
	}
	nb_run_free(run);
}
