# The sample night as labelled articles, one of each group of copies; topics are storylines.
#     newsbraid read tests/night | jq -cs --slurpfile gold tests/golden/night.jsonl -f src/tools/train/sample.jq
($gold | INDEX(.id)) as $of |
map(
	$of[.id] as $gold |
	.date = (if .published_precision == "day" then .published_at[:10] else .published_at end) |
	.event = "\($gold.storyline)_\($gold.event)" |
	.copy = ($gold.copy // .id)
) |
unique_by(.copy)[] |
{ id, source, lang, title, text, date, event } |
with_entries(select(.value != null))
