// Chinese first; English by a switch that is remembered. What the configuration names (facts, counties) comes from the server.
const TEXT = {
  title: ['值守台', 'Board'], chases: ['催办', 'Chases'], letters: ['死信', 'Dead letters'], doors: ['门', 'Doors'],
  configuration: ['配置', 'Configuration'], kpis: ['指标', 'KPIs'], kpi: ['指标', 'KPI'], value: ['数值', 'Value'], line: ['警戒线', 'Alarm line'], metOf: ['达到 / 应评', 'Met / judged'],
  worst: ['最差区县', 'Worst county'], lastDays: ['最近七个可评判的日子', 'the last seven days that can be judged'], notJudged: ['尚无可评判的', 'nothing to judge yet'],
  overLine: ['越线', 'over the line'], inOrder: ['正常', 'in order'], notCounted: ['启动后第一次统计还没有完成，一分钟后再看', 'Not counted since the start yet: look again in a minute'],
  leftOut: ['剔除', 'Left out'], elsewhere: ['省外', 'other provinces'], order: ['订单', 'Order'], search: ['查单', 'Find'], logout: ['退出', 'Log out'],
  searchHint: ['运单号、订单号或手机后四位', 'Waybill, order no. or last 4 of phone'],
  searchNone: ['没有找到，请核对整个号码', 'Nothing found: check the whole number'],
  searchMore: ['只列最新的 50 条，请用完整号码', 'The newest 50 only: use a whole number'],
  live: ['实时', 'live'], away: ['已断开，正在重连', 'cut off, trying again'], waiting: ['连接中', 'connecting'],
  readOnly: ['只看', 'looks only'], noRight: ['你的角色不能这样做', 'Your role may not do this'],
  county: ['区县', 'County'], all: ['全部', 'All'], under1: ['不到 1 天', 'under 1 day'], day1: ['1 天', '1 day'], day2: ['2 天', '2 days'],
  day3: ['3 天以上', '3 days and more'], total: ['合计', 'Total'], openChases: ['正在催办', 'Being chased'],
  ladder: ['升级：谁负责、到何时', 'Escalation: who holds what, until when'], level: ['级别', 'Level'], holder: ['负责人', 'Held by'],
  many: ['件数', 'Items'], firstUntil: ['最早限时', 'First due'], nobody: ['无人', 'nobody'], since: ['起于', 'Since'], age: ['已历时', 'Age'],
  state: ['状态', 'State'], nextDeadline: ['下一时限', 'Next deadline'], acknowledged: ['已知悉', 'Noted'], acknowledge: ['知悉', 'Take note'],
  none: ['无', 'none'], more: ['下一页', 'Next page'], first: ['回到首页', 'First page'], nothingChased: ['没有在催办的邮件', 'Nothing is being chased'],
  contradictions: ['对账异常', 'Contradictions'], noContradictions: ['没有自相矛盾的轨迹', 'No facts contradict each other'],
  contradictionsHelp: ['查清后由值守台报告 track.reconciled，写明哪一个属实，即从此处消失。', 'Once it is clear which fact holds, the desk reports track.reconciled, and it is gone from here.'],
  contradictionsMore: ['只列最早的 50 件', 'The oldest 50 only'],
  noEscalation: ['没有升级的邮件', 'Nothing has been escalated'],
  waybill: ['运单号', 'Waybill'], orderNo: ['订单号', 'Order no.'], stage: ['进度', 'Stage'], receipt: ['回执', 'Receipt'], anomaly: ['异常', 'Anomaly'],
  recipient: ['收件人', 'Recipient'], sender: ['寄件人', 'Sender'], name: ['姓名', 'Name'], phone: ['电话', 'Phone'], address: ['地址', 'Address'],
  agent: ['代收人', 'Signed for them'], redirect: ['改址', 'Redirect'], idType: ['证件种类', 'Kind of ID'], idNumber: ['证件号', 'ID no.'],
  idNo: ['证件号', 'ID no.'], from: ['来自', 'From'], received: ['收单', 'Received'],
  reveal: ['查看个人信息', 'Show people'], labelPreview: ['标签预览', 'Label preview'], note: ['写备注', 'Add a note'],
  'callback-done': ['电话回访已办', 'Call-back done'], 'contact-failed': ['联系未成', 'Contact failed'], 'receipt-wrong': ['回执有误', 'Receipt found wrong'],
  pause: ['暂停', 'Pause'], resume: ['恢复', 'Resume'], cancel: ['取消', 'Cancel'], reason: ['原因', 'Reason'],
  reasonHint: ['4–200 字；不写姓名、号码', '4 to 200 characters; nobody’s name or number'], confirm: ['确定', 'Confirm'], close: ['关闭', 'Close'],
  ahead: ['将到的时限', 'Deadlines ahead'], timeline: ['经过', 'What happened'], across: ['各系统', 'Across systems'], notes: ['备注与操作', 'Notes and actions'], now: ['现在', 'now'],
  deadline: ['时限', 'Deadline'], effect: ['待办', 'Effect'], fact: ['事实', 'Fact'], nextSteps: ['因此', 'so'], overBy: ['已过', 'over by'], inTime: ['还有', 'in'],
  tickets: ['工单', 'Tickets'], people: ['个人信息', 'People'], shownOnce: ['已记入审计。关闭后不再显示。', 'Written into the audit. Gone when closed.'],
  reasonOf: ['原因', 'Cause'], count: ['封数', 'Letters'], lastSeen: ['最近', 'Last'], firstSeen: ['最早', 'First'], door: ['门', 'Door'],
  noLetters: ['没有死信', 'No dead letters'], preview: ['预览（已遮盖）', 'Preview (masked)'], noPreview: ['不是 JSON，只有长度和摘要', 'No JSON: length and hash only'],
  forecast: ['试算', 'Dry run'], replayGroup: ['重放这一组', 'Replay the group'], replayOne: ['重放', 'Replay'], typeCount: ['请输入封数以确认', 'Type the number of letters to confirm'],
  willRecord: ['会记录的事实', 'Facts to be recorded'], willSend: ['会发出', 'Will be sent'], suppressed: ['已办过，不再发', 'Done before, not sent again'],
  duplicate: ['已记录过', 'Recorded before'], failing: ['仍会失败', 'Would fail again'], tried: ['试算封数', 'Tried'], replays: ['批量重放', 'Bulk replays'],
  replayed: ['已重放', 'Replayed'], failed: ['失败', 'Failed'], left: ['剩余', 'Left'], who: ['谁', 'Who'], when: ['何时', 'When'], what: ['什么', 'What'],
  showRaw: ['查看原文', 'Show as it came'], choose: ['选一组看详情', 'Choose a group'], nothing: ['无', 'none'],
  queue: ['排队', 'Queue'], oldest: ['最久', 'Oldest'], breaker: ['断路器', 'Breaker'], lastSuccess: ['最近成功', 'Last success'], lastFailure: ['最近失败', 'Last failure'],
  rate: ['近一分钟', 'Last minute'], limit: ['限速', 'Limit'], openDoor: ['放行', 'Open'], stoppedBy: ['已停', 'Stopped'],
  nodeOnly: ['断路器、最近成功和近一分钟是本节点启动以来所见；排队是全部节点。', 'Breaker, last success and last minute are as this node has seen since its start; queues are of all nodes.'],
  CLOSED: ['正常', 'well'], OPEN: ['开着', 'open'], HALF_OPEN: ['试探', 'probing'], breakerOPEN: ['已断', 'cut'],
  version: ['版本', 'Version'], changed: ['改动', 'Changed'], current: ['在用', 'in force'], chooseVersion: ['选一个版本看改动', 'Choose a version'],
  peopleFile: ['有人名的文件只列名称', 'files that name people are only listed'], firstVersion: ['首个版本，没有改动可比', 'The first version: nothing to compare with'],
  added: ['新增', 'added'], removed: ['删去', 'removed'], fileChanged: ['改动', 'changed'],
  loginAgain: ['登录已过期。页面上的内容还在：在新窗口登录后，回到这里再按一次。', 'The session has ended. What is on the page stays: log in in a new window, come back and press again.'],
  loginOpen: ['登录', 'Log in'], done: ['已完成', 'Done'], loading: ['读取中…', 'Loading…'], offline: ['连不上送达', 'The hub cannot be reached'],
  help: ['/ 查单　↑↓ 选择　Enter 打开　Esc 返回', '/ find   ↑↓ choose   Enter open   Esc back'], perSecond: ['封/秒', '/s'],
  skip: ['跳到内容', 'Skip to content'], dead: ['作罢的待办', 'dead effects'], unknown: ['不明的待办', 'unknown effects'], language: ['English', '中文'],
};
// States are shown with a word, a colour and a sign: never by colour alone.
const STATES = {
  NONE: ['无', 'none', ''], RESOLVED: ['已办结', 'resolved', 'good'], LATE: ['逾期', 'late', 'warn'], RECEIPT: ['回执异常', 'receipt', 'warn'],
  LEVEL3: ['3 级', 'level 3', 'warn'], LEVEL2: ['2 级', 'level 2', 'bad'], LEVEL1: ['1 级', 'level 1', 'bad'], OVERDUE: ['回执逾期', 'receipt overdue', 'warn'],
  WRONG: ['回执有误', 'receipt wrong', 'warn'], LOST: ['回执丢失', 'receipt lost', 'bad'], DAMAGED: ['回执损毁', 'receipt damaged', 'bad'], RETURNED: ['回执已返', 'receipt back', 'good'],
  POSTED: ['回执已寄', 'receipt posted', ''], RETRACTED: ['回执撤回', 'receipt retracted', 'warn'], RESIGNING: ['重签', 're-signing', 'warn'],
  HANDED_OVER: ['回执已送交', 'receipt handed over', 'good'],
  PENDING: ['待发', 'pending', ''], RELAYED: ['在途', 'relayed', ''], SENDING: ['发送中', 'sending', ''], ACCEPTED: ['已办', 'accepted', 'good'], RETRY: ['待重试', 'retry', 'warn'],
  UNKNOWN: ['不明', 'unknown', 'bad'], DEAD: ['作罢', 'dead', 'bad'], OPEN: ['开着', 'open', 'info'], PAUSED: ['已暂停', 'paused', 'warn'], PARKED: ['搁置', 'parked', 'bad'],
  FIRED: ['已触发', 'fired', 'warn'], CLOSED: ['已关闭', 'closed', 'good'], CANCELLED: ['已取消', 'cancelled', ''], RUNNING: ['进行中', 'running', 'info'], DONE: ['完成', 'done', 'good'],
  ACTIVE: ['已生效', 'active', 'good'], PROPOSED: ['切换中', 'proposed', 'info'], FAILED: ['失败', 'failed', 'bad'], CANARY: ['灰度', 'canary', 'info'], WITHDRAWN: ['已撤回', 'withdrawn', ''],
  HALF_OPEN: ['试探', 'probing', 'warn'],
  ORDERED: ['已下单', 'ordered', ''], NUMBERED: ['已取号', 'numbered', ''], LABELLED: ['已打单', 'labelled', ''], IN_TRANSIT: ['运输中', 'in transit', ''],
  ARRIVED_DELIVERY_UNIT: ['已到投递局', 'at delivery unit', ''], OUT_FOR_DELIVERY: ['投递中', 'out for delivery', ''], ATTEMPT_FAILED: ['未妥投', 'attempt failed', 'warn'],
  DELIVERED: ['已妥投', 'delivered', 'good'], DELIVERY_RETRACTED: ['妥投撤回', 'delivery retracted', 'warn'], RETURNING: ['退回中', 'returning', 'warn'],
};
const SPECIAL = { 'stage/ACCEPTED': ['已收寄', 'accepted', ''], 'anomaly/OPEN': ['异常', 'anomaly', 'warn'], 'breaker/OPEN': ['已断', 'cut', 'bad'], 'breaker/CLOSED': ['正常', 'well', 'good'] };
const SYSTEMS = { gov: ['政务网', 'gov'], postal: ['邮政', 'postal'], receipt85: ['85 系统', 'receipt85'], inquiry: ['查验', 'inquiry'], printer: ['打印', 'printer'],
  sms: ['短信', 'SMS'], mail: ['邮件', 'mail'], ticket: ['工单', 'ticket'], pda: ['终端', 'PDA'], desk: ['值守台', 'desk'], kit: ['时限', 'time'] };
const ROLES = { 'county-manager': ['县级经理', 'county manager'], 'city-manager': ['市级总经理', 'city manager'], 'province-affairs-manager': ['省政务经理', 'province affairs'],
  'province-deputy-leader': ['省分管领导', 'deputy leader'] };

let english = localStorage.getItem('songda.language') === 'en';
let known = { facts: {}, counties: {} };

export const isEnglish = () => english;
export const learn = (words) => { known = words; };
export function switchLanguage() {
  english = !english;
  localStorage.setItem('songda.language', english ? 'en' : 'zh');
  document.documentElement.lang = english ? 'en' : 'zh-CN';
}
document.documentElement.lang = english ? 'en' : 'zh-CN';
const pick = (pair) => pair[english ? 1 : 0];
/** What comes in both languages. */
export const say = (zh, en) => (english ? en : zh);
export const t = (key) => (TEXT[key] ? pick(TEXT[key]) : key);
export const state = (value, kind) => SPECIAL[kind + '/' + value] || STATES[value] || [value, value, ''];
export const stateText = (value, kind) => pick(state(value, kind));
export const system = (name) => (SYSTEMS[name] ? pick(SYSTEMS[name]) : name);
export const role = (name) => (ROLES[name] ? pick(ROLES[name]) : name || '');
export const fact = (name) => (known.facts[name] ? known.facts[name][english ? 'en' : 'zh'] : name);
export const county = (code) => (english ? code : known.counties[code] || code);

const ZONE = { timeZone: 'Asia/Shanghai', hourCycle: 'h23' };
const FULL = new Intl.DateTimeFormat('en-CA', { ...ZONE, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' });
/** 11-27 16:05, with the year where it is not this one. */
export function time(iso, now) {
  if (!iso) return '—';
  const text = FULL.format(new Date(iso)).replace(',', '');
  return text.slice(0, 4) === FULL.format(new Date(now || Date.now())).slice(0, 4) ? text.slice(5) : text;
}
/** 2天3时, 45分: the two greatest parts. */
export function span(ms) {
  const minutes = Math.floor(Math.abs(ms) / 60000);
  const [d, h, m] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24, minutes % 60];
  const unit = english ? ['d', 'h', 'm'] : ['天', '时', '分'];
  if (d) return `${d}${unit[0]}${h ? ' ' + h + unit[1] : ''}`;
  return h ? `${h}${unit[1]}${m ? ' ' + m + unit[2] : ''}` : `${m}${unit[2]}`;
}
