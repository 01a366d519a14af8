import { html, nothing } from './lib/lit-html.js';
import { get, post } from './hub.js';
import { t, span, system, time, stateText } from './words.js';
import { act, chip, loading } from './parts.js';
import { ask } from './dialog.js';

let doors;

export async function load() { doors = (await get('doors')).doors; }

const trouble = (d) => (d.stop ? 4 : 0) + (d.breaker === 'OPEN' ? 2 : 0) + (d.queue.DEAD || d.queue.UNKNOWN ? 1 : 0);

export function draw(board) {
  if (!doors) return loading();
  const sorted = [...doors].sort((a, b) => trouble(b) - trouble(a) || a.door.localeCompare(b.door));
  return html`<section class="card"><h2>${t('doors')} <small>${doors.length}</small></h2><div class="scroll" tabindex="0" role="group" aria-label=${t('doors')}><table class="stack">
    <thead><tr>${['door', 'breaker', 'queue', 'oldest', 'lastSuccess', 'lastFailure', 'rate', 'limit'].map((k) => html`<th scope="col" class=${['oldest', 'rate', 'limit'].includes(k) ? 'n' : ''}>${t(k)}</th>`)}<th scope="col"><span>${t('openDoor')}</span></th></tr></thead>
    <tbody>${sorted.map((d) => row(board, d))}</tbody></table></div><p class="help">${t('nodeOnly')}</p></section>`;
}
function row(board, d) {
  const queue = Object.entries(d.queue);
  return html`<tr><td data-label=${t('door')}><span>${system(d.door.split('-')[0])}<span class="sub">${d.door}</span></span></td>
    <td data-label=${t('breaker')}><span>${d.stop ? html`<span class="chip bad">${t('stoppedBy')}</span><span class="sub">${d.stop.reason} → ${time(d.stop.until)}</span>` : d.breaker ? chip(d.breaker, 'breaker') : '—'}</span></td>
    <td data-label=${t('queue')}><span>${queue.length ? queue.map(([state, n]) => html`<span class="chip ${state === 'DEAD' || state === 'UNKNOWN' ? 'bad' : ''}">${stateText(state)} ${n}</span> `) : '0'}</span></td>
    <td class="n" data-label=${t('oldest')}>${d.oldest ? span(d.oldest * 1000) : '—'}</td><td class="t" data-label=${t('lastSuccess')}>${time(d.lastSuccess)}</td><td class="t" data-label=${t('lastFailure')}>${time(d.lastFailure)}</td>
    <td class="n" data-label=${t('rate')}>${d.lastMinute ?? '—'}</td><td class="n" data-label=${t('limit')}>${d.limit ? d.limit + ' ' + t('perSecond') : '—'}</td>
    <td data-label="" ?data-empty=${!d.stop}>${d.stop ? act(board, t('openDoor'), () => ask({ title: `${t('openDoor')}：${d.door}`, act: async (reason) => { await post(`act/doors/${d.door}/open`, { reason }); board.refresh(); } })) : nothing}</td></tr>`;
}
