// whole_night.cpp - files and folders in; how many copies and events, and the events by name.
#include <cstdio>
#include <memory>
#include <newsbraid.h>

int main(int argc, char **argv)
{
	nb_reader_options input;
	nb_run *run;
	nb_error err;

	nb_reader_options_init(&input);
	input.input = argv + 1;
	input.n_input = static_cast<size_t>(argc) - 1;
	if (nb_run_new(nullptr, &run, &err) != NB_OK)
		return std::fprintf(stderr, "%s: %s\n", err.path, err.reason), 1;
	std::unique_ptr<nb_run, decltype(&nb_run_free)> owner(run, nb_run_free);
	if (nb_run_read(run, &input, &err) != NB_OK || nb_run_finish(run, &err) != NB_OK)
		return std::fprintf(stderr, "%s: %s\n", err.path, err.reason), 1;

	const nb_published *night = nb_run_result(run);
	const nb_run_stats *stats = nb_run_stats_of(run);

	std::printf("%u articles, %ju rejects; %u copies in %u groups; %u events, %u across languages, "
		    "%u storylines\n",
		    night->night->n, uintmax_t(stats->rejects), night->copies->n_copies,
		    night->copies->n_groups, stats->events.n_events, stats->events.n_across,
		    stats->events.n_storylines);
	for (uint32_t e = 0; e < night->events->n_events; e++) {
		uint32_t members = night->events->member_at[e + 1] - night->events->member_at[e];
		nb_article article;

		nb_night_article(night->night, night->events->central[e], &article);
		if (members > 1)
			std::printf("%3u  %.*s\n", members, static_cast<int>(article.title.len),
				    article.title.ptr);
	}
}
