// CloudFront Function (JavaScript runtime 2.0), viewer request: it runs before the cache is looked up. Requests that mean
// the same must look the same, or each order of parameters is cached, and queried for, on its own. Names and values
// arrive percent-encoded as the viewer sent them and are passed on untouched: whether they are valid is the handler's
// business. The order of equal parameters means nothing to it ("all of").
// The runtime knows neither modules nor for-of: the stack takes the word `export` away before it deploys this.

// Of all instance manipulations (RFC 3229) the wire knows one; any other wish would only split the cache.
const wantsFeed = /^\s*feed\s*(;\s*q\s*=\s*(1(\.0*)?|0?\.\d*[1-9]\d*)\s*)?$/i;

const valuesOf = (field) => (field.multiValue || [field]).map((one) => one.value);

export function handler(event) {
  const request = event.request;
  const pairs = [];
  Object.keys(request.querystring).forEach((name) => {
    valuesOf(request.querystring[name]).forEach((value) => {
      pairs.push(`${name}=${value}`);
    });
  });
  request.querystring = pairs.sort().join('&');

  const wishes = request.headers['a-im'];
  if (wishes) {
    const wanted = valuesOf(wishes).join(',').split(',');
    if (wanted.some((wish) => wantsFeed.test(wish))) request.headers['a-im'] = { value: 'feed' };
    else delete request.headers['a-im'];
  }
  return request;
}
