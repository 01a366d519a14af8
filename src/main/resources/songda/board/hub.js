// Speaks to the hub. A session that has ended is told, and nothing on the page is lost by it.
export class Refusal extends Error {
  constructor(status, problem) {
    super(problem.title || String(status));
    this.status = status;
    this.problem = problem;
  }
}
const cookie = (name) => document.cookie.split('; ').filter((c) => c.startsWith(name + '=')).map((c) => c.slice(name.length + 1))[0] || '';

async function call(path, options) {
  let answer;
  try {
    answer = await fetch('/board/api/' + path, { credentials: 'same-origin', cache: 'no-store', redirect: 'error', ...options });
  } catch (e) {
    throw new Refusal(0, { title: '连不上送达', titleEn: 'The hub cannot be reached' });
  }
  const body = await answer.json().catch(() => ({}));
  if (answer.ok) return body;
  if (answer.status === 401) document.dispatchEvent(new Event('songda-expired'));
  throw new Refusal(answer.status, body);
}
export const get = (path) => call(path, { headers: { Accept: 'application/json' } });
export async function post(path, body) {
  const send = () => call(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/json', 'X-XSRF-TOKEN': cookie('XSRF-TOKEN') },
    body: JSON.stringify(body),
  });
  try {
    return await send();
  } catch (e) {
    // After another login the page's token is an older one: it is fetched, and the same is sent once more.
    if (!(e.status === 403 && e.problem.type === '/problems/forbidden')) throw e;
    await get('me');
    return send();
  }
}
/** One stream for the page. @param heard what the hub says; @param changed live, waiting or away */
export function listen(heard, changed) {
  const source = new EventSource('/board/api/live');
  source.onopen = () => changed('live');
  source.onmessage = (event) => { changed('live'); heard(JSON.parse(event.data)); };
  source.onerror = () => {
    changed(source.readyState === EventSource.CONNECTING ? 'waiting' : 'away');
    if (source.readyState === EventSource.CLOSED) {
      get('me').catch(() => {}).finally(() => setTimeout(() => listen(heard, changed), 5000));
    }
  };
}
