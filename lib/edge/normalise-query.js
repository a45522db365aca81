// CloudFront Function (JavaScript runtime 2.0), viewer request: it runs before the cache is looked up. Requests that mean
// the same must look the same, or each order of parameters is cached, and queried for, on its own. Names and values
// arrive percent-encoded as the viewer sent them and are passed on untouched: whether they are valid is the handler's
// business. The order of equal parameters means nothing to it ("all of").
// The runtime knows neither modules nor for-of: the stack takes the word `export` away before it deploys this.

// Of all instance manipulations (RFC 3229) the wire knows one; any other wish would only split the cache.
const wantsFeed = /^\s*feed\s*(;\s*q\s*=\s*(1(\.0{0,3})?|0\.(?!0{0,3}\s*$)\d{1,3})\s*)?$/i;

// One entity tag that tells what its reader has (lambdas/core/feed-delta), whatever coding it was given under.
const tellingTag = /^\s*(?:W\/)?("[\w-]{22}\.[\w-]{6,}")\s*$/;

// The only addresses with two forms: a browser gets a page where a reader gets the feed.
const feedPath = /^(\/archive\/\d{4}-\d\d)?(\/feed|\/topics\/[^/]+)\.(rss|atom|json)$/;
const pageType = /^(text\/html|application\/xhtml\+xml)$/;
const feedType = /^(application\/((rss|atom|rdf)\+xml|feed\+json|json|xml|\*)|text\/xml|\*\/\*)$/;
const weightForm = /^(0(\.\d{0,3})?|1(\.0{0,3})?)$/;

const valuesOf = (field) => (field.multiValue || [field]).map((one) => one.value);

// The same decision as lambdas/core/render/preferred-form.ts; a test compares the two.
function prefersPage(accept) {
  if (accept.length > 1000) return false;
  let page = 0;
  let feed = 0;
  accept
    .toLowerCase()
    .split(',', 40)
    .forEach((member) => {
      const parts = member.split(';').map((part) => part.trim());
      const q = parts.slice(1).find((part) => part.startsWith('q='));
      const text = q === undefined ? '1' : q.slice(2);
      const weight = weightForm.test(text) ? Number(text) : 0;
      if (pageType.test(parts[0])) page = Math.max(page, weight);
      else if (feedType.test(parts[0])) feed = Math.max(feed, weight);
    });
  return page > feed;
}

function normaliseQuery(request) {
  const pairs = [];
  Object.keys(request.querystring).forEach((name) => {
    valuesOf(request.querystring[name]).forEach((value) => {
      pairs.push(`${name}=${value}`);
    });
  });
  request.querystring = pairs.sort().join('&');
}

export function handler(event) {
  const request = event.request;
  const headers = request.headers;
  normaliseQuery(request);

  const accept = headers.accept ? valuesOf(headers.accept).join(',') : '';
  if (feedPath.test(request.uri) && prefersPage(accept)) headers.accept = { value: 'text/html' };
  else delete headers.accept;

  // What a delta leaves out depends on what its reader has, so that becomes a part of the key. Only we may say it.
  delete headers['x-delta-base'];
  const wishes = headers['a-im'];
  if (wishes) {
    const wanted = valuesOf(wishes).join(',').split(',', 64);
    if (wanted.some((wish) => wantsFeed.test(wish))) {
      headers['a-im'] = { value: 'feed' };
      const had = headers['if-none-match'];
      const tag = had ? tellingTag.exec(valuesOf(had).join(',')) : null;
      if (tag) headers['x-delta-base'] = { value: tag[1] };
    } else delete headers['a-im'];
  }

  // The edge would compare dates by order, but a re-tag alters a feed without a later date (docs/adr/0015-feeds-over-http.md).
  delete headers['if-modified-since'];
  return request;
}
