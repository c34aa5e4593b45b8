/* SPDX-License-Identifier: MIT
 *
 * parameters.c - see parameters.h.
 */
#include "parameters.h"

#include "log.h"

const option_row run_options[] = {
	RUN_PARAMETERS(PARAMETER_ROW)
	NB_EVENTS_OPTIONS(EVENTS_ROW)
	{ .name = "set", .option = "set", .kind = OPTION_SET, .arg = "NAME=VALUE",
	  .help = "a parameter of the list below",
	  .more = "See PARAMETERS. May be given several times." },
	COMMON_OPTIONS,
};

void settings_init(void *fresh)
{
	settings *s = fresh;

	*s = (settings){
		.find_events = true,
		.min_articles = 1,
		.limit = REJECT_LIMIT_NONE,
		.lanes = NB_LANES,
	};
	nb_reader_options_init(&s->reader);
	nb_sketch_params_init(&s->sketch);
	nb_copies_options_init(&s->copies);
	nb_events_options_init(&s->events);
	nb_publish_options_init(&s->publish);
}

void settings_inputs(settings *s, char **operand, int n)
{
	s->reader.input = (const char *const *)operand;
	s->reader.n_input = (size_t)n;
	s->reader.map = s->map.item;
	s->reader.n_map = s->map.n;
}

bool settings_check_map(const settings *s, const command *c, int *code)
{
	nb_error err;

	for (size_t i = 0; i < s->reader.n_map; i++) {
		if (nb_reader_check_map(s->reader.map[i], &err) == NB_OK)
			continue;
		*code = usage_error(c, "--map %s: %s", s->reader.map[i], err.reason);
		return false;
	}
	return true;
}

void settings_tell_map(const settings *s, size_t i, bool used)
{
	if (!used)
		log_warning("--map %s: no record has such a field", s->reader.map[i]);
}

void json_parameters(nb_json *j, const settings *s)
{
	nb_json_key(j, "parameters"), nb_json_open(j, '{');
	for (const option_row *o = run_options; o->name; o++)
		if (o->decides)
			json_option(j, o, s);
	nb_json_close(j, '}');
}
