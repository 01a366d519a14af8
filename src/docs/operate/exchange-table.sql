-- 前置库交换表（R21）。前面各列照一张网的原表（country 即区县、strect 即街道，原文如此）；最后一段是送达另加的，可以没有。
-- The exchange table. The columns are the government network's own (its spelling kept); the last group is ours and may be missing.
create table inf_apply_wlxx (
  no              varchar(64) primary key, -- id of the row
  internal_no     varchar(64),             -- 办件编号 case number
  zwfwzx_code     varchar(20),             -- 政务服务中心编码 code of the hall
  ems_ord_no      varchar(32),             -- 信封流水号 order number
  mail_num        varchar(32),             -- 快递单号, left to the sender
  gov_tb_name     varchar(100),            -- 受理台席
  post_type       varchar(2),              -- 1 政务服务中心邮寄 2 行政相对人邮寄
  net_type        varchar(2),              -- 01 申请材料 02 审批结果; only 02 is taken
  buss_type       varchar(2),              -- 收费类型: mappings/gov/row-to-order/buss-type.csv
  send_name       varchar(50),
  send_prov       varchar(30),
  send_city       varchar(30),
  send_country    varchar(30),             -- name or six digits
  send_strect     varchar(200),
  send_phone      varchar(32),
  send_call       varchar(32),
  rcv_name        varchar(50),
  rcv_prov        varchar(30),
  rcv_city        varchar(30),
  rcv_country     varchar(30),
  rcv_strect      varchar(200),
  rcv_phone       varchar(32),
  rcv_call        varchar(32),
  rcv_postcode    varchar(6),
  item            varchar(500),            -- 邮寄材料说明, several separated by 、
  chk_code        varchar(20),
  deptno          varchar(18),             -- 统一社会信用代码 of the office
  orgname         varchar(100),
  issend          varchar(2),
  sendtime        timestamp,               -- Zhejiang's time
  sync_date       timestamp,               -- when the hub took it in hand, or told
  sync_sign       varchar(1) not null default '0', -- 0 new, 1 taken, 2 wrong
  sync_error_desc varchar(500),            -- what is wrong and where; mend it and set sync_sign to 0
  data_sources    varchar(50),
  rcv_id_no       varchar(18),             -- 公民身份号码
  receipt_type    varchar(10),             -- NONE PHYSICAL ELECTRONIC OWN_FORM; empty: NONE
  service_type    varchar(10),             -- SINGLE DOUBLE; empty: SINGLE
  declared_value  numeric(8, 2),           -- 元 yuan
  fee_to_collect  numeric(8, 2)            -- 元 yuan
);
create index inf_apply_wlxx_new on inf_apply_wlxx (no) where sync_sign = '0';
