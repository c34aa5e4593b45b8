# The documents of ntrex as events: several of them report one, and some are left out because it can be
# argued that they do (days of one tournament, speeches of one rally, angles of one hearing).
#     zstd -dc ntrex.jsonl.zst | jq -c -f src/tools/train/ntrex.jq
{
	warren: "abcnews.306755 newsweek.51300",
	rosa: "abcnews.306815 newsweek.51338",
	korea: "cnbc.com.6769 reuters.218861",
	sims: "cbsnews.248387 reuters.218909",
	macedonia: "rt.com.91337 reuters.218932",
	palin: "cnn.304478 newsweek.51339",
	livingston: "bbc.381746 scotsman.133791",
	syria: "thelocal.65969 euronews-en.153799",
	indonesia: "nytimes.184837 euronews-en.153835 reuters.218863 nytimes.184860 telegraph.405422
		reuters.218865 euronews-en.153797 newsweek.51340",
	out: "bbc.381647 newsweek.51329 cnbc.com.6790 cnn.304489 cnn.304447 newsweek.51330
		newsweek.51310 euronews-en.153826 reuters.218923 independent.226301 scotsman.133758
		reuters.218914 cbsnews.248384 newsweek.51328 telegraph.405413 cbsnews.248394
		cbsnews.248471 bbc.381736"
} as $told |
(reduce ($told | to_entries[]) as $e ({}; reduce ($e.value | splits("\\s+")) as $id (.; .[$id] = $e.key))) as $event |
.event = ($event[.event] // .event) |
select(.event != "out")
