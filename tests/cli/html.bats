#!/usr/bin/env bats
# newsbraid run on web pages.
load helper

page() { # TITLE DATE: a page of a report, with what stands around one
	cat <<-END
	<!DOCTYPE html><html lang="en"><head><title>$1 - The Paper</title>
	<meta property="og:site_name" content="The Paper">
	<script type="application/ld+json">{"@type":"NewsArticle","headline":"$1",
	"datePublished":"$2"}</script></head><body>
	<nav><a href="/">Home</a> <a href="/sport">Sport</a></nav>
	<article><h1>$1</h1>
	<p>Dockworkers at the container terminals laid down their work on Tuesday evening, the union said.</p>
	<figure><figcaption>Idle cranes in the port, on Tuesday. Photo: The Paper</figcaption></figure>
	<p>Talks about early retirement broke down after midnight, while ships were waiting off the coast.</p>
	</article>
	<div class="related"><p>Ten things, one of them surprising, that you did not know about ships.</p></div>
	</body></html>
	END
}

@test "a page is an article: text without furniture, title, date, site, language" {
	page "Port on strike" 2026-03-17T21:00:00+01:00 > strike.html
	expect 0 newsbraid run strike.html -o out
	rows out/articles.jsonl.zst > articles
	[ "$(jq -r '[.id, .title, .source, .lang, .published_at, .date_source] | join("|")' articles)" = \
		"file:strike.html|Port on strike|The Paper|en|2026-03-17T20:00:00Z|publisher" ]
	rows out/texts.jsonl.zst > texts
	[ "$(jq -r .text texts | wc -l)" -eq 2 ]
	! grep -Eq 'Home|cranes|surprising' texts
}

@test "pages mix with other inputs, and a reprint on a page is a copy" {
	page "Port on strike" 2026-03-17T21:00:00Z > a.html
	page "Dockers walk out" 2026-03-17T22:00:00Z | gzip > b.html.gz
	expect 0 newsbraid run a.html b.html.gz -o out
	[ "$(rows out/articles.jsonl.zst | jq -r 'select(.role == "copy").copy_of')" = file:a.html ]
}

@test "a page without running text is a counted reject" {
	echo '<html><title>Log in</title><form>Name <input></form></html>' > login.html
	page "Port on strike" 2026-03-17T21:00:00Z > a.html
	expect 3 newsbraid run a.html login.html -o out
	[ "$(rows out/rejects.jsonl.zst | jq -r .reason)" = no-text ]
}
