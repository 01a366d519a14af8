import { html, nothing } from './lib/lit-html.js';
import { get, post } from './hub.js';
import { t, fact, system, time } from './words.js';
import { act, chip, keys, loading, reveal } from './parts.js';
import { ask, show, refusal } from './dialog.js';

let all;
let jobs;
let group;
let letter;

export async function load(print, id) {
  [all, jobs] = await Promise.all([get('letters' + (print ? '?fingerprint=' + encodeURIComponent(print) : '')), get('replays')]);
  if (print) {
    group = all.groups[0];
    all = { ...(await get('letters')), letters: all.letters };
    letter = id ? await get('letters/' + encodeURIComponent(id)).catch(() => undefined) : undefined;
  } else {
    group = letter = undefined;
  }
}
export function draw(board) {
  if (!all) return loading();
  return html`<div class="columns even"><div><section class="card"><h2>${t('letters')} <small>${all.count}</small></h2>${groups(board)}</section>
    <section class="card"><h2>${t('replays')}</h2>${replays(board)}</section></div><section class="card">${group ? chosen(board) : html`<p class="empty">${t('choose')}</p>`}</section></div>`;
}
function groups(board) {
  if (!all.groups.length) return html`<p class="empty">${t('noLetters')}</p>`;
  return html`<table class="stack"><thead><tr>${['count', 'reasonOf', 'door', 'lastSeen'].map((k) => html`<th scope="col">${t(k)}</th>`)}</tr></thead><tbody @keydown=${keys}>
    ${all.groups.map((g) => html`<tr class="row" tabindex="0" aria-selected=${!!group && g.fingerprint === group.fingerprint} @click=${() => board.go('letters/' + g.fingerprint)}>
      <td class="n" data-label=${t('count')}><b>${g.count}</b></td><td data-label=${t('reasonOf')}><span>${g.reason}<span class="sub">${g.place}</span></span></td>
      <td data-label=${t('door')}><span>${system(g.system)}<span class="sub">${g.door}</span></span></td><td class="t" data-label=${t('lastSeen')}>${time(g.lastSeen)}</td></tr>`)}</tbody></table>`;
}
function chosen(board) {
  return html`<h2>${group.reason} <small>${group.count}</small></h2>
    <div class="actions">${act(board, t('forecast'), () => forecast())}${act(board, t('replayGroup'), () => replay(board), 'main')}</div>
    <h3>${t('letters')}</h3><div class="scroll"><table><tbody @keydown=${keys}>${all.letters.map((one) => html`<tr class="row" tabindex="0" aria-selected=${!!letter && letter.id === one.id}
      @click=${() => board.go(`letters/${group.fingerprint}/${one.id}`)}><td class="t">${time(one.arrivedAt)}</td><td>${one.client || system(one.system)}<span class="sub">${one.id}</span></td>
      <td class="n">${one.size} B</td><td class="n">${one.attempts ? '×' + one.attempts : ''}</td></tr>`)}</tbody></table></div>${letter ? detail(board) : nothing}`;
}
function detail(board) {
  return html`<h3>${t('preview')} <small>${letter.id}</small></h3>${letter.preview ? html`<pre tabindex="0">${JSON.stringify(letter.preview, null, 2)}</pre>` : html`<p class="empty">${t('noPreview')}</p>`}
    <div class="actions">${act(board, t('forecast'), () => tryOne())}${act(board, t('replayOne'), () => ask({
      title: `${t('replayOne')} ${letter.id}`, act: async (reason) => { const said = await post(`act/letters/${letter.id}/replay`, { reason, dryRun: false }); board.refresh(); return outcome(said); } }))}
    ${reveal(board, t('showRaw'), () => ask({ title: t('showRaw'), act: async (reason) => { const raw = await post('reveal/letters/' + letter.id, { reason });
      return html`<p class="tell info">${t('shownOnce')}</p><pre tabindex="0">${raw.text || raw.base64}</pre>`; } }))}</div>`;
}
async function tryOne() {
  try { show(t('forecast'), outcome(await post(`act/letters/${letter.id}/replay`, { reason: t('forecast') + ' dry run', dryRun: true }))); } catch (e) { show(t('forecast'), refusal(e)); }
}
const outcome = (said) => html`<p>${said.outcome} ${said.reason || ''}</p>${(said.facts || []).map((f) => html`<p>${fact(f.fact)} ${f.outcome}</p>
  <ul>${(f.effects || []).map((e) => html`<li>${e.door} ${e.state || ''}</li>`)}</ul>`)}`;
const tally = (label, list, kind) => (list.length ? html`<h3>${t(label)}</h3><ul>${list.map((one) => html`<li><span class="chip ${kind}">${one.count}</span> ${fact(one.what)}</li>`)}</ul>` : nothing);
const said = (f) => html`<p>${t('count')} ${f.letters} · ${t('tried')} ${f.tried}</p>${tally('willRecord', f.recorded, 'info')}${tally('willSend', f.sends, 'warn')}
  ${tally('suppressed', f.suppressed, '')}${tally('duplicate', f.duplicate, '')}${tally('failing', f.failing, 'bad')}`;
const forecastOf = () => post('act/replays/forecast', { fingerprint: group.fingerprint });

async function forecast() {
  try { show(t('forecast'), said(await forecastOf())); } catch (e) { show(t('forecast'), refusal(e)); }
}
/** What it would do stands above the number that has to be typed. */
async function replay(board) {
  try {
    const f = await forecastOf();
    const print = group.fingerprint;
    ask({ title: t('replayGroup'), more: said(f), count: f.letters, act: async (reason) => { await post('act/replays', { fingerprint: print, count: f.letters, reason }); board.go('letters'); board.refresh(); } });
  } catch (e) { show(t('replayGroup'), refusal(e)); }
}
function replays(board) {
  if (!jobs.replays.length) return html`<p class="empty">${t('none')}</p>`;
  const change = (job, what) => act(board, t(what), () => ask({ title: t(what), act: async (reason) => { await post(`act/replays/${job.id}/${what}`, { reason }); board.refresh(); } }));
  return html`<table class="stack"><tbody>${jobs.replays.slice(0, 10).map((job) => html`<tr><td data-label=${t('state')}><span>${chip(job.state)}</span></td>
    <td data-label=${t('count')}><span><progress max=${job.letters} value=${job.replayed + job.failed} aria-label=${t('replayed')}></progress> ${job.replayed}/${job.letters}${job.failed ? html` <span class="chip bad">${job.failed} ${t('failed')}</span>` : nothing}
      <span class="sub">${job.who} ${time(job.openedAt)} ${job.reason}</span></span></td>
    <td data-label=""><span>${job.state === 'RUNNING' ? change(job, 'pause') : nothing}${job.state === 'PAUSED' ? change(job, 'resume') : nothing}${['RUNNING', 'PAUSED'].includes(job.state) ? change(job, 'cancel') : nothing}</span></td></tr>`)}</tbody></table>`;
}
