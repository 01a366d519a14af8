import { html, nothing } from './lib/lit-html.js';
import { get, post } from './hub.js';
import { t, county, fact, system, time } from './words.js';
import { act, chip, chips, due, loading, reveal } from './parts.js';
import { ask, show } from './dialog.js';
import { acknowledge } from './chases.js';
import { lanes } from './lanes.js';

let order;
let shown;

export async function load(id) {
  if (shown !== id) order = undefined;
  shown = id;
  order = { ...(await get('orders/' + encodeURIComponent(id))), id };
}
const OPEN = new Set(['OPEN', 'PAUSED', 'PARKED']);

export function draw(board) {
  if (!order) return loading();
  const ahead = order.timeline.filter((e) => e.kind === 'deadline' && OPEN.has(e.state));
  return html`<section class="card"><h2>${order.waybillNo || order.orderNo} ${chip(order.stage, 'stage')} ${chips(order)}</h2>${head()}${actions(board)}</section>
    <section class="card"><h2>${t('across')}</h2>${lanes(order.timeline, board.now())}</section>
    <div class="columns"><section class="card"><h2>${t('timeline')}</h2>${story()}</section>
    <div><section class="card"><h2>${t('ahead')}</h2>${deadlines(board, ahead)}</section><section class="card"><h2>${t('notes')}</h2>${notes()}</section></div></div>`;
}
const pair = (label, value) => html`<div><dt>${t(label)}</dt><dd>${value || '—'}</dd></div>`;

function head() {
  const tickets = order.timeline.filter((e) => e.kind === 'effect' && e.effect.startsWith('ticket-'));
  return html`<dl class="facts">${pair('orderNo', order.orderNo)}${pair('waybill', order.waybillNo)}${pair('from', order.client)}
    ${pair('county', `${county(order.county)} → ${county(order.destCounty)}`)}${pair('recipient', `${order.recipient.name}  ${order.recipient.phone}`)}
    ${pair('address', order.recipient.address)}${pair('stage', html`${chip(order.stage, 'stage')} ${time(order.stageAt)}`)}
    ${pair('tickets', tickets.length ? html`${tickets.map((e) => html`${chip(e.state)} `)}` : '')}</dl>`;
}
function actions(board) {
  const say = (said) => {
    const key = crypto.randomUUID ? crypto.randomUUID() : URL.createObjectURL(new Blob()).slice(-36);
    ask({ title: t(said), act: async (reason) => { await post(`act/orders/${order.id}/facts/${said}/${key}`, { reason }); board.refresh(); } });
  };
  return html`<div class="actions">${act(board, t('acknowledge'), () => acknowledge(board, order), 'main')}
    ${act(board, t('note'), () => ask({ title: t('note'), act: async (reason) => { await post(`act/orders/${order.id}/note`, { reason }); board.refresh(); } }))}
    ${['callback-done', 'contact-failed', 'receipt-wrong'].map((said) => act(board, t(said), () => say(said)))}
    ${reveal(board, t('reveal'), people)}${reveal(board, t('labelPreview'), label)}</div>`;
}
function people() {
  ask({
    title: t('reveal'), act: async (reason) => {
      const found = await post(`reveal/orders/${order.id}/people`, { reason });
      return html`<p class="tell info">${t('shownOnce')}</p>${['recipient', 'sender', 'redirect', 'agent'].filter((who) => found[who]).map((who) => html`<h3>${t(who)}</h3><dl class="facts">
        ${Object.entries(found[who] || {}).map(([key, value]) => pair(key, value))}</dl>`)}`;
    },
  });
}
function label() {
  ask({
    title: t('labelPreview'), act: async (reason) => {
      const picture = await post(`reveal/orders/${order.id}/label`, { reason });
      return html`<p class="tell info">${t('shownOnce')}</p>${picture.pages.map((png) => html`<img alt=${t('labelPreview')} src="data:image/png;base64,${png}">`)}`;
    },
  });
}
function deadlines(board, ahead) {
  if (!ahead.length) return html`<p class="empty">${t('none')}</p>`;
  return html`<table><tbody>${ahead.map((e) => {
    const change = e.state === 'OPEN' ? 'pause' : 'resume';
    const one = `${order.id}-${e.id}`;
    return html`<tr><td>${due(e.at, board.now())}</td><td>${fact(e.reports)} ${e.state === 'OPEN' ? nothing : chip(e.state)}<span class="sub">${e.deadline}</span></td>
      <td>${act(board, t(change), () => ask({ title: `${t(change)}：${e.deadline}`, act: async (reason) => { await post(`act/deadlines/${one}/${change}`, { reason }); board.refresh(); } }))}</td></tr>`;
  })}</tbody></table>`;
}
const short = (text) => (text.length > 40 ? text.slice(0, 12) + '…' : text);
const DATA = (data) => Object.entries(data || {}).map(([key, value]) => `${key}=${short(String(value))}`).join('  ');

function story() {
  const because = {};
  order.timeline.forEach((e) => { if (e.because) (because[e.because] ||= []).push(e); });
  return html`<ol class="story">${order.timeline.filter((e) => e.kind === 'fact').reverse().map((e) => html`<li><time datetime=${e.at}>${time(e.at)}</time><div>
    <b>${fact(e.fact)}</b> <span class="code">${system(e.source)} · ${e.fact} ${DATA(e.data)}</span>
    ${because[e.id] ? html`<ul>${because[e.id].map(followed)}</ul>` : nothing}</div></li>`)}</ol>`;
}
function followed(e) {
  if (e.kind === 'effect') {
    return html`<li>${chip(e.state)} ${system(e.effect.split('-')[0])} <span class="code">${e.effect}${e.to ? ' → ' + e.to : ''}${e.attempt > 1 ? ' ×' + e.attempt : ''}</span>
      ${e.reason ? html`<span class="sub">${e.reason}</span>` : nothing}</li>`;
  }
  return html`<li>${chip(e.state)} ${t('deadline')} ${time(e.at)} <span class="code">${e.deadline} → ${fact(e.reports)}</span></li>`;
}
function notes() {
  if (!order.notes.length) return html`<p class="empty">${t('none')}</p>`;
  return html`<table><tbody>${order.notes.map((n) => html`<tr><td class="t">${time(n.at)}<span class="sub">${n.who}</span></td><td>${n.reason}<span class="sub">${n.what}</span></td></tr>`)}</tbody></table>`;
}
