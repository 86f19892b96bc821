CREATE TABLE "aliases" (
  "kind" TEXT NOT NULL,  -- 类别 / Kind
  "id" TEXT NOT NULL,  -- 指向 / Leads to
  "alias" TEXT NOT NULL,  -- 别名 / Alias
  "language" TEXT NOT NULL,  -- 语言 / Language
  PRIMARY KEY ("kind", "id", "alias")
);

CREATE TABLE "attachments" (
  "attachment_id" TEXT NOT NULL,  -- 附件编号 / Attachment id
  "plan_id" TEXT NOT NULL,  -- 计划 / Plan
  "clause_id" TEXT NOT NULL,  -- 条款 / Clause
  "title" TEXT NOT NULL,  -- 名称 / Title
  "status" TEXT NOT NULL,  -- 状态 / Status
  PRIMARY KEY ("attachment_id"),
  FOREIGN KEY ("clause_id") REFERENCES "clauses" ("clause_id"),
  FOREIGN KEY ("plan_id") REFERENCES "plans" ("plan_id")
);

CREATE INDEX "attachments_clause_id" ON "attachments" ("clause_id");

CREATE INDEX "attachments_plan_id" ON "attachments" ("plan_id");

CREATE TABLE "baselines" (
  "baseline_id" TEXT NOT NULL,  -- 基数编号 / Baseline id
  "plan_id" TEXT NOT NULL,  -- 计划 / Plan
  "clause_id" TEXT NOT NULL,  -- 条款 / Clause
  "indicator" TEXT NOT NULL,  -- 指标 / Indicator
  "concept_id" TEXT,  -- 指标概念 / Concept
  "period" TEXT NOT NULL,  -- 时期 / Period
  "value" REAL NOT NULL,  -- 数值 / Value
  "unit" TEXT,  -- 单位 / Unit
  "quote" TEXT NOT NULL,  -- 原文 / Quote
  "note" TEXT,  -- 备注 / Note
  "accepted" TEXT,  -- 已核准 / Accepted
  PRIMARY KEY ("baseline_id"),
  FOREIGN KEY ("clause_id") REFERENCES "clauses" ("clause_id"),
  FOREIGN KEY ("plan_id") REFERENCES "plans" ("plan_id"),
  FOREIGN KEY ("concept_id") REFERENCES "concepts" ("concept_id"),
  FOREIGN KEY ("unit") REFERENCES "units" ("unit")
);

CREATE INDEX "baselines_clause_id" ON "baselines" ("clause_id");

CREATE INDEX "baselines_concept_id" ON "baselines" ("concept_id");

CREATE INDEX "baselines_plan_id" ON "baselines" ("plan_id");

CREATE INDEX "baselines_unit" ON "baselines" ("unit");

CREATE TABLE "clauses" (
  "clause_id" TEXT NOT NULL,  -- 条款编号 / Clause id
  "plan_id" TEXT NOT NULL,  -- 计划 / Plan
  "parent_id" TEXT,  -- 上级条款 / Parent clause
  "order" INTEGER NOT NULL,  -- 顺序 / Order
  "kind" TEXT NOT NULL,  -- 类别 / Kind
  "number" TEXT,  -- 编号 / Number
  "text" TEXT NOT NULL,  -- 原文 / Text
  PRIMARY KEY ("clause_id"),
  FOREIGN KEY ("parent_id") REFERENCES "clauses" ("clause_id"),
  FOREIGN KEY ("plan_id") REFERENCES "plans" ("plan_id")
);

CREATE VIRTUAL TABLE clauses_fts USING fts5 (text, heading, place, across, content='');

CREATE VIEW "clauses_named" AS SELECT a.clause_id, r.name_zh AS region, h.text AS heading, a.number, a.text, a.kind, 'plans/' || a.plan_id || '/text/index.html#' || substr(a.clause_id, length(a.plan_id) + 2) AS sentence,
  p.title_zh AS plan, a."order", a.plan_id, p.region_code, a.parent_id
FROM clauses a JOIN plans p ON p.plan_id = a.plan_id JOIN regions r ON r.region_code = p.region_code
  LEFT JOIN clauses h ON h.clause_id = a.parent_id;

CREATE INDEX "clauses_parent_id" ON "clauses" ("parent_id");

CREATE INDEX "clauses_plan_id" ON "clauses" ("plan_id");

CREATE TABLE "comparisons" (
  "target_id" TEXT,  -- 目标编号 / Target
  "relation" TEXT,  -- 结论 / Relation
  "obstacle" TEXT,  -- 不能比的原因 / Why not comparable
  "reference_id" TEXT,  -- 上级的目标 / Target of the region above
  PRIMARY KEY ("target_id"),
  FOREIGN KEY ("target_id") REFERENCES "targets" ("target_id"),
  FOREIGN KEY ("reference_id") REFERENCES "targets" ("target_id")
);

CREATE VIEW "comparisons_named" AS SELECT m.target_id, r.name_zh AS region, c.name_zh AS concept, f.year, f.converted, m.relation, b.name_zh AS reference_region,
  g.converted AS reference_value, c.unit AS concept_unit, m.obstacle, t.scope, t.quote, u.quote AS reference_quote,
  'plans/' || t.plan_id || '/targets/index.html#' || substr(t.target_id, length(t.plan_id) + 2) AS page, 'plans/' || t.plan_id || '/text/index.html#' || substr(t.target_id, length(t.plan_id) + 2) AS sentence,
  'plans/' || u.plan_id || '/text/index.html#' || substr(u.target_id, length(u.plan_id) + 2) AS reference_sentence, t.plan_id, f.region_code, t.concept_id, m.reference_id
FROM comparisons m JOIN targets t ON t.target_id = m.target_id JOIN target_facts f ON f.target_id = m.target_id
  JOIN concepts c ON c.concept_id = t.concept_id JOIN regions r ON r.region_code = f.region_code
  LEFT JOIN targets u ON u.target_id = m.reference_id LEFT JOIN target_facts g ON g.target_id = m.reference_id
  LEFT JOIN regions b ON b.region_code = g.region_code;

CREATE INDEX "comparisons_reference_id" ON "comparisons" ("reference_id");

CREATE INDEX "comparisons_target_id" ON "comparisons" ("target_id");

CREATE TABLE "concepts" (
  "concept_id" TEXT NOT NULL,  -- 概念编号 / Concept id
  "name_zh" TEXT NOT NULL,  -- 名称 / Name (Chinese)
  "name_en" TEXT NOT NULL,  -- 英文名称 / Name (English)
  "unit" TEXT NOT NULL,  -- 单位 / Unit
  "better" TEXT NOT NULL,  -- 方向 / Direction
  "nature" TEXT NOT NULL,  -- 性质 / Nature
  "theme_id" TEXT NOT NULL,  -- 主题 / Theme
  "subject" TEXT,  -- 所量的事 / Subject
  "definition_zh" TEXT NOT NULL,  -- 定义 / Definition (Chinese)
  "definition_en" TEXT NOT NULL,  -- 英文定义 / Definition (English)
  PRIMARY KEY ("concept_id"),
  FOREIGN KEY ("unit") REFERENCES "units" ("unit"),
  FOREIGN KEY ("theme_id") REFERENCES "themes" ("theme_id")
);

CREATE INDEX "concepts_theme_id" ON "concepts" ("theme_id");

CREATE INDEX "concepts_unit" ON "concepts" ("unit");

CREATE TABLE "data_dictionary" (
  "table_name" TEXT,  -- 表 / Table
  "column_name" TEXT,  -- 列；空为表本身 / Column; empty for the table itself
  "type" TEXT,  -- 类型 / Type
  "allowed" TEXT,  -- 可取的值 / Allowed values
  "title_zh" TEXT,  -- 名称 / Title (Chinese)
  "title_en" TEXT,  -- 英文名称 / Title (English)
  "description_zh" TEXT,  -- 说明 / Description (Chinese)
  "description_en" TEXT,  -- 英文说明 / Description (English)
  PRIMARY KEY ("table_name", "column_name")
);

CREATE TABLE "figure_references" (
  "reference_id" TEXT NOT NULL,  -- 编号 / Reference id
  "plan_id" TEXT NOT NULL,  -- 计划 / Plan
  "clause_id" TEXT NOT NULL,  -- 条款 / Clause
  "quote" TEXT NOT NULL,  -- 原文 / Quote
  "reason" TEXT NOT NULL,  -- 理由 / Reason
  PRIMARY KEY ("reference_id"),
  FOREIGN KEY ("clause_id") REFERENCES "clauses" ("clause_id"),
  FOREIGN KEY ("plan_id") REFERENCES "plans" ("plan_id")
);

CREATE INDEX "figure_references_clause_id" ON "figure_references" ("clause_id");

CREATE INDEX "figure_references_plan_id" ON "figure_references" ("plan_id");

CREATE VIEW "findings" AS SELECT n.note_id, r.name_zh AS region, n.kind, n.comment_zh, n.quote, n.other_quote, 'plans/' || n.plan_id || '/text/index.html#' || substr(n.note_id, length(n.plan_id) + 2) AS sentence,
  'plans/' || n.plan_id || '/text/index.html#' || substr(n.other_clause_id, length(n.plan_id) + 2) AS other_sentence, p.title_zh AS plan, n.comment_en, n.plan_id, p.region_code, n.clause_id,
  n.other_clause_id
FROM notes n JOIN plans p ON p.plan_id = n.plan_id JOIN regions r ON r.region_code = p.region_code;

CREATE TABLE "left_out" (
  "left_out_id" TEXT NOT NULL,  -- 编号 / Id
  "region_code" TEXT NOT NULL,  -- 地区 / Region
  "indicator" TEXT NOT NULL,  -- 指标 / Indicator
  "period" TEXT NOT NULL,  -- 时期 / Period
  "value" REAL NOT NULL,  -- 数值 / Value
  "unit" TEXT NOT NULL,  -- 单位 / Unit
  "source_id" TEXT NOT NULL,  -- 来源 / Source
  "reason" TEXT NOT NULL,  -- 没有收的原因 / Why it is left out
  PRIMARY KEY ("left_out_id"),
  FOREIGN KEY ("source_id") REFERENCES "sources" ("source_id"),
  FOREIGN KEY ("region_code") REFERENCES "regions" ("region_code"),
  FOREIGN KEY ("unit") REFERENCES "units" ("unit")
);

CREATE INDEX "left_out_region_code" ON "left_out" ("region_code");

CREATE INDEX "left_out_source_id" ON "left_out" ("source_id");

CREATE INDEX "left_out_unit" ON "left_out" ("unit");

CREATE TABLE "notes" (
  "note_id" TEXT NOT NULL,  -- 疑点编号 / Note id
  "plan_id" TEXT NOT NULL,  -- 计划 / Plan
  "kind" TEXT NOT NULL,  -- 类别 / Kind
  "clause_id" TEXT NOT NULL,  -- 条款 / Clause
  "quote" TEXT NOT NULL,  -- 原文 / Quote
  "other_clause_id" TEXT,  -- 另一条款 / Other clause
  "other_quote" TEXT,  -- 另一处原文 / Other quote
  "comment_zh" TEXT NOT NULL,  -- 说明 / Comment (Chinese)
  "comment_en" TEXT NOT NULL,  -- 英文说明 / Comment (English)
  PRIMARY KEY ("note_id"),
  FOREIGN KEY ("clause_id") REFERENCES "clauses" ("clause_id"),
  FOREIGN KEY ("other_clause_id") REFERENCES "clauses" ("clause_id"),
  FOREIGN KEY ("plan_id") REFERENCES "plans" ("plan_id")
);

CREATE INDEX "notes_clause_id" ON "notes" ("clause_id");

CREATE INDEX "notes_other_clause_id" ON "notes" ("other_clause_id");

CREATE INDEX "notes_plan_id" ON "notes" ("plan_id");

CREATE TABLE "observations" (
  "observation_id" TEXT NOT NULL,  -- 编号 / Observation id
  "region_code" TEXT NOT NULL,  -- 地区 / Region
  "concept_id" TEXT,  -- 指标概念 / Concept
  "target_id" TEXT,  -- 目标 / Target
  "period" TEXT NOT NULL,  -- 时期 / Period
  "period_kind" TEXT NOT NULL,  -- 时期类别 / Kind of period
  "bound" TEXT NOT NULL,  -- 界限 / Bound
  "value" REAL NOT NULL,  -- 数值 / Value
  "unit" TEXT NOT NULL,  -- 单位 / Unit
  "state" TEXT,  -- 状态 / State
  "replaces" TEXT,  -- 取代 / Replaces
  "scope" TEXT,  -- 范围或口径 / Scope
  "source_id" TEXT NOT NULL,  -- 来源 / Source
  "place" TEXT,  -- 出处位置 / Place
  "note" TEXT,  -- 备注 / Note
  PRIMARY KEY ("observation_id"),
  FOREIGN KEY ("source_id") REFERENCES "sources" ("source_id"),
  FOREIGN KEY ("replaces") REFERENCES "observations" ("observation_id"),
  FOREIGN KEY ("region_code") REFERENCES "regions" ("region_code"),
  FOREIGN KEY ("concept_id") REFERENCES "concepts" ("concept_id"),
  FOREIGN KEY ("target_id") REFERENCES "targets" ("target_id"),
  FOREIGN KEY ("unit") REFERENCES "units" ("unit")
);

CREATE INDEX "observations_concept_id" ON "observations" ("concept_id");

CREATE VIRTUAL TABLE observations_fts USING fts5 (figure_of, value, period, place, scope, also, across, content='');

CREATE VIEW "observations_named" AS SELECT o.observation_id, r.name_zh AS region, coalesce(c.name_zh, t.indicator) AS figure_of, o.scope, o.period AS figure_period,
  o.period_kind, o.bound, o.value, o.unit, o.state, o.replaces, s.kind, s.title, s.publisher, s.published, s.url, o.place, o.note,
  coalesce('indicators/' || o.concept_id || '/index.html#', 'plans/' || t.plan_id || '/targets/index.html#') || o.observation_id AS page,
  o.region_code, o.concept_id, o.target_id, o.source_id
FROM observations o JOIN regions r ON r.region_code = o.region_code JOIN sources s ON s.source_id = o.source_id
  LEFT JOIN concepts c ON c.concept_id = o.concept_id LEFT JOIN targets t ON t.target_id = o.target_id;

CREATE INDEX "observations_region_code" ON "observations" ("region_code");

CREATE INDEX "observations_replaces" ON "observations" ("replaces");

CREATE INDEX "observations_source_id" ON "observations" ("source_id");

CREATE INDEX "observations_target_id" ON "observations" ("target_id");

CREATE INDEX "observations_unit" ON "observations" ("unit");

CREATE TABLE "organization_names" (
  "region_code" TEXT NOT NULL,  -- 地区 / Region
  "name" TEXT NOT NULL,  -- 写法 / Spelling
  "org_id" TEXT NOT NULL,  -- 单位 / Organization
  PRIMARY KEY ("region_code", "name", "org_id"),
  FOREIGN KEY ("region_code") REFERENCES "regions" ("region_code"),
  FOREIGN KEY ("org_id") REFERENCES "organizations" ("org_id")
);

CREATE INDEX "organization_names_org_id" ON "organization_names" ("org_id");

CREATE INDEX "organization_names_region_code" ON "organization_names" ("region_code");

CREATE TABLE "organizations" (
  "org_id" TEXT NOT NULL,  -- 单位编号 / Organization id
  "region_code" TEXT NOT NULL,  -- 地区 / Region
  "name_zh" TEXT NOT NULL,  -- 名称 / Name (Chinese)
  "name_en" TEXT NOT NULL,  -- 英文名称 / Name (English)
  "kind" TEXT NOT NULL,  -- 类别 / Kind
  PRIMARY KEY ("org_id"),
  FOREIGN KEY ("region_code") REFERENCES "regions" ("region_code")
);

CREATE VIRTUAL TABLE organizations_fts USING fts5 (name_zh, name_en, names, place, also, across, content='');

CREATE VIEW "organizations_named" AS SELECT o.org_id, r.name_zh AS region, o.name_zh, o.name_en,
  (SELECT group_concat(name, '、') FROM (SELECT name FROM organization_names n WHERE n.org_id = o.org_id ORDER BY name)) AS names,
  (SELECT count(*) FROM responsibilities s WHERE s.org_id = o.org_id AND s.role = 'lead') AS leads,
  (SELECT count(*) FROM responsibilities s WHERE s.org_id = o.org_id) AS tasks, o.kind, o.region_code
FROM organizations o JOIN regions r ON r.region_code = o.region_code;

CREATE INDEX "organizations_region_code" ON "organizations" ("region_code");

CREATE TABLE "plans" (
  "plan_id" TEXT,  -- 计划编号 / Plan id: the name of its folder
  "region_code" TEXT,  -- 地区 / Region, GB/T 2260
  "title_zh" TEXT,  -- 标题 / Title of the document (Chinese)
  "title_en" TEXT,  -- 英文标题 / Title in English
  "doc_number" TEXT,  -- 文号 / Document number, where printed
  "issuer" TEXT,  -- 发文单位 / Who issued it
  "issued" TEXT,  -- 成文日期 / Date of the signature
  "published" TEXT,  -- 发布日期 / Date of the web page, where printed
  "effective_start" TEXT,  -- 计划期开始 / First day of the plan's period
  "effective_end" TEXT,  -- 计划期结束 / Last day of the plan's period
  "source_url" TEXT,  -- 官方网址 / Address of the official page, where known
  "source_sha256" TEXT,  -- 原文校验值 / SHA-256 of source.txt
  "version" TEXT,  -- 版本 / Version of the data
  "updated" TEXT,  -- 更新日期 / Date of the version
  PRIMARY KEY ("plan_id"),
  FOREIGN KEY ("region_code") REFERENCES "regions" ("region_code")
);

CREATE INDEX "plans_region_code" ON "plans" ("region_code");

CREATE TABLE "projects" (
  "project_id" TEXT NOT NULL,  -- 项目编号 / Project id
  "plan_id" TEXT NOT NULL,  -- 计划 / Plan
  "clause_id" TEXT NOT NULL,  -- 条款 / Clause
  "task_id" TEXT,  -- 任务 / Task
  "name" TEXT NOT NULL,  -- 项目名称 / Name
  "stage" TEXT NOT NULL,  -- 阶段 / Stage
  "period_end" TEXT,  -- 期限 / End
  "quote" TEXT NOT NULL,  -- 原文 / Quote
  PRIMARY KEY ("project_id"),
  FOREIGN KEY ("clause_id") REFERENCES "clauses" ("clause_id"),
  FOREIGN KEY ("task_id") REFERENCES "tasks" ("task_id"),
  FOREIGN KEY ("plan_id") REFERENCES "plans" ("plan_id")
);

CREATE INDEX "projects_clause_id" ON "projects" ("clause_id");

CREATE VIEW "projects_named" AS SELECT j.project_id, r.name_zh AS region, j.name, j.stage, CAST(substr(j.period_end, 1, 4) AS INTEGER) AS year, j.period_end,
  t.title AS task, j.quote, 'plans/' || j.plan_id || '/projects/index.html#' || substr(j.project_id, length(j.plan_id) + 2) AS page, 'plans/' || j.plan_id || '/text/index.html#' || substr(j.project_id, length(j.plan_id) + 2) AS sentence,
  p.title_zh AS plan, j.plan_id, p.region_code, j.task_id, j.clause_id
FROM projects j JOIN plans p ON p.plan_id = j.plan_id JOIN regions r ON r.region_code = p.region_code
  LEFT JOIN tasks t ON t.task_id = j.task_id;

CREATE INDEX "projects_plan_id" ON "projects" ("plan_id");

CREATE INDEX "projects_task_id" ON "projects" ("task_id");

CREATE TABLE "promises" (
  "promise_id" TEXT,  -- 承诺编号 / Promise
  "steps" TEXT,  -- 各年的目标 / Steps
  "otherwise" TEXT,  -- 另一处写的数 / Stated otherwise
  "statements" INTEGER,  -- 写在几处 / Number of statements
  "places" TEXT,  -- 在文件哪里 / Where the document states it
  "first_year" INTEGER,  -- 最早年份 / First year
  "lead" TEXT,  -- 牵头单位 / Lead units
  "responsible" TEXT,  -- 其他责任单位 / Other units
  PRIMARY KEY ("promise_id"),
  FOREIGN KEY ("promise_id") REFERENCES "targets" ("target_id")
);

CREATE VIEW "promises_named" AS SELECT p.promise_id, r.name_zh AS region, t.indicator, t.scope, p.steps, p.otherwise, t.commitment, f.kept, t.comparator, t.value, t.value_max, t.unit, (CASE WHEN t.period_basis = 'by' THEN '到' || t.period_end
    WHEN t.period_start IS NULL OR t.period_start = t.period_end THEN t.period_end
    ELSE CASE t.period_basis WHEN 'annual' THEN '每年 ' WHEN 'average' THEN '年均 ' ELSE '' END
      || t.period_start || '—' || t.period_end
  END || CASE length(t.period_end) WHEN 4 THEN '年' ELSE '' END) AS period,
  t.quote, 'plans/' || t.plan_id || '/text/index.html#' || substr(p.promise_id, length(t.plan_id) + 2) AS sentence, p.lead, p.responsible, p.statements, p.places, p.first_year, f.year,
  h.name_zh AS theme, c.name_zh AS concept, f.converted, f.converted_unit, v.newest_value AS actual, v.newest_period AS actual_period,
  v.verdict, v.sum_zh AS verdict_sum, 'plans/' || t.plan_id || '/targets/index.html#' || substr(p.promise_id, length(t.plan_id) + 2) AS page, t.plan_id, f.region_code, t.concept_id, f.theme_id
FROM target_facts f CROSS JOIN promises p ON p.promise_id = f.target_id JOIN targets t ON t.target_id = p.promise_id
  JOIN verdicts v ON v.target_id = p.promise_id JOIN regions r ON r.region_code = f.region_code
  JOIN themes h ON h.theme_id = f.theme_id LEFT JOIN concepts c ON c.concept_id = t.concept_id;

CREATE INDEX "promises_promise_id" ON "promises" ("promise_id");

CREATE TABLE "regions" (
  "region_code" TEXT NOT NULL,  -- 区划代码 / Region code
  "name_zh" TEXT NOT NULL,  -- 名称 / Name (Chinese)
  "name_en" TEXT NOT NULL,  -- 英文名称 / Name (English)
  "level" TEXT NOT NULL,  -- 级别 / Level
  "parent_code" TEXT,  -- 上级 / Parent
  PRIMARY KEY ("region_code"),
  FOREIGN KEY ("parent_code") REFERENCES "regions" ("region_code")
);

CREATE INDEX "regions_parent_code" ON "regions" ("parent_code");

CREATE TABLE "releases" (
  "version" TEXT NOT NULL,  -- 版本 / Version
  "number" INTEGER NOT NULL,  -- 序号 / Number
  "date" TEXT NOT NULL,  -- 日期 / Date
  "audience" TEXT NOT NULL,  -- 给谁看 / For whom
  "change_zh" TEXT NOT NULL,  -- 改了什么 / What changed (Chinese)
  "change_en" TEXT NOT NULL,  -- 改了什么（英文） / What changed (English)
  PRIMARY KEY ("version", "number")
);

CREATE TABLE "responsibilities" (
  "task_id" TEXT NOT NULL,  -- 任务 / Task
  "plan_id" TEXT NOT NULL,  -- 计划 / Plan
  "org_id" TEXT NOT NULL,  -- 单位 / Organization
  "role" TEXT NOT NULL,  -- 角色 / Role
  "rank" INTEGER NOT NULL,  -- 次序 / Rank
  "name_in_source" TEXT NOT NULL,  -- 文件中的名称 / Name in source
  PRIMARY KEY ("task_id", "org_id"),
  FOREIGN KEY ("task_id") REFERENCES "tasks" ("task_id"),
  FOREIGN KEY ("plan_id") REFERENCES "plans" ("plan_id"),
  FOREIGN KEY ("org_id") REFERENCES "organizations" ("org_id")
);

CREATE VIEW "responsibilities_named" AS SELECT r.name_zh AS region, o.name_zh AS organization, s.role, t.number, t.title, h.name_zh AS theme, f.target_count, s.rank,
  s.name_in_source, 'plans/' || t.plan_id || '/tasks/index.html#' || substr(t.task_id, length(t.plan_id) + 2) AS page, 'plans/' || t.plan_id || '/text/index.html#' || substr(t.clause_id, length(t.plan_id) + 2) AS sentence, p.title_zh AS plan,
  s.plan_id, f.region_code, s.org_id, s.task_id, t.theme_id
FROM responsibilities s JOIN tasks t ON t.task_id = s.task_id JOIN task_facts f ON f.task_id = t.task_id
  JOIN organizations o ON o.org_id = s.org_id JOIN plans p ON p.plan_id = s.plan_id
  JOIN regions r ON r.region_code = f.region_code JOIN themes h ON h.theme_id = t.theme_id;

CREATE INDEX "responsibilities_org_id" ON "responsibilities" ("org_id");

CREATE INDEX "responsibilities_plan_id" ON "responsibilities" ("plan_id");

CREATE INDEX "responsibilities_task_id" ON "responsibilities" ("task_id");

CREATE TABLE "retired" (
  "id" TEXT NOT NULL,  -- 编号 / Id
  "plan_id" TEXT NOT NULL,  -- 计划 / Plan
  "date" TEXT NOT NULL,  -- 删去日期 / Date
  "reason" TEXT NOT NULL,  -- 理由 / Reason
  "successor" TEXT,  -- 后继 / Successor
  PRIMARY KEY ("id"),
  FOREIGN KEY ("plan_id") REFERENCES "plans" ("plan_id")
);

CREATE INDEX "retired_plan_id" ON "retired" ("plan_id");

CREATE VIEW "search_clauses" AS SELECT n.*, i.rank AS relevance, i.clauses_fts AS search
FROM clauses_fts i JOIN clauses x ON x.rowid = i.rowid JOIN clauses_named n ON n.clause_id = x.clause_id;

CREATE VIEW "search_observations" AS SELECT n.*, i.rank AS relevance, i.observations_fts AS search
FROM observations_fts i JOIN observations x ON x.rowid = i.rowid JOIN observations_named n ON n.observation_id = x.observation_id;

CREATE VIEW "search_organizations" AS SELECT n.*, i.rank AS relevance, i.organizations_fts AS search
FROM organizations_fts i JOIN organizations x ON x.rowid = i.rowid JOIN organizations_named n ON n.org_id = x.org_id;

CREATE VIEW "search_targets" AS SELECT n.*, i.rank AS relevance, i.targets_fts AS search
FROM targets_fts i JOIN targets x ON x.rowid = i.rowid JOIN targets_named n ON n.target_id = x.target_id;

CREATE VIEW "search_tasks" AS SELECT n.*, i.rank AS relevance, i.tasks_fts AS search
FROM tasks_fts i JOIN tasks x ON x.rowid = i.rowid JOIN tasks_named n ON n.task_id = x.task_id;

CREATE TABLE "searches" (
  "search_id" TEXT NOT NULL,  -- 编号 / Id
  "region_code" TEXT NOT NULL,  -- 地区 / Region
  "period" TEXT NOT NULL,  -- 查找的时期 / Years
  "looked_on" TEXT NOT NULL,  -- 查找日期 / Looked on
  "note" TEXT,  -- 说明 / Note
  PRIMARY KEY ("search_id"),
  FOREIGN KEY ("region_code") REFERENCES "regions" ("region_code")
);

CREATE INDEX "searches_region_code" ON "searches" ("region_code");

CREATE TABLE "sources" (
  "source_id" TEXT NOT NULL,  -- 来源编号 / Source id
  "kind" TEXT NOT NULL,  -- 类别 / Kind
  "title" TEXT NOT NULL,  -- 标题 / Title
  "publisher" TEXT NOT NULL,  -- 发布者 / Publisher
  "url" TEXT,  -- 网址 / URL
  "published" TEXT,  -- 发布日期 / Published
  PRIMARY KEY ("source_id")
);

CREATE TABLE sqlite_stat1(tbl,idx,stat);

CREATE TABLE "target_facts" (
  "target_id" TEXT,  -- 目标编号 / Target
  "region_code" TEXT,  -- 地区 / Region
  "theme_id" TEXT,  -- 主题 / Theme
  "year" INTEGER,  -- 年份 / Year
  "kept" TEXT,  -- 保持 / To be kept
  "converted" REAL,  -- 换算值 / Converted value
  "converted_unit" TEXT,  -- 换算单位 / Unit of the converted value
  "lead" TEXT,  -- 牵头单位 / Lead units
  "responsible" TEXT,  -- 其他责任单位 / Other units
  "promise_id" TEXT,  -- 所属承诺 / Promise
  PRIMARY KEY ("target_id"),
  FOREIGN KEY ("target_id") REFERENCES "targets" ("target_id"),
  FOREIGN KEY ("region_code") REFERENCES "regions" ("region_code"),
  FOREIGN KEY ("theme_id") REFERENCES "themes" ("theme_id"),
  FOREIGN KEY ("converted_unit") REFERENCES "units" ("unit"),
  FOREIGN KEY ("promise_id") REFERENCES "promises" ("promise_id")
);

CREATE INDEX "target_facts_converted_unit" ON "target_facts" ("converted_unit");

CREATE INDEX "target_facts_promise_id" ON "target_facts" ("promise_id");

CREATE INDEX "target_facts_region_code" ON "target_facts" ("region_code");

CREATE INDEX "target_facts_target_id" ON "target_facts" ("target_id");

CREATE INDEX "target_facts_theme_id" ON "target_facts" ("theme_id");

CREATE TABLE "targets" (
  "target_id" TEXT NOT NULL,  -- 目标编号 / Target id
  "plan_id" TEXT NOT NULL,  -- 计划 / Plan
  "clause_id" TEXT NOT NULL,  -- 条款 / Clause
  "task_id" TEXT,  -- 任务 / Task
  "restates" TEXT,  -- 重申 / Restates
  "indicator" TEXT NOT NULL,  -- 指标 / Indicator
  "concept_id" TEXT,  -- 指标概念 / Concept
  "near_concept_id" TEXT,  -- 相近的概念 / Near concept
  "theme_id" TEXT,  -- 主题 / Theme
  "scope" TEXT,  -- 范围 / Scope
  "measure" TEXT NOT NULL,  -- 量的性质 / Measure
  "comparator" TEXT NOT NULL,  -- 比较 / Comparator
  "value" REAL,  -- 数值 / Value
  "value_max" REAL,  -- 上限 / Upper value
  "unit" TEXT,  -- 单位 / Unit
  "period_basis" TEXT NOT NULL,  -- 时间口径 / Period basis
  "period_start" TEXT,  -- 开始 / Start
  "period_end" TEXT NOT NULL,  -- 截止 / End
  "commitment" TEXT,  -- 承诺程度 / Commitment
  "quote" TEXT NOT NULL,  -- 原文 / Quote
  "note" TEXT,  -- 备注 / Note
  "accepted" TEXT,  -- 已核准 / Accepted
  PRIMARY KEY ("target_id"),
  FOREIGN KEY ("clause_id") REFERENCES "clauses" ("clause_id"),
  FOREIGN KEY ("task_id") REFERENCES "tasks" ("task_id"),
  FOREIGN KEY ("restates") REFERENCES "targets" ("target_id"),
  FOREIGN KEY ("plan_id") REFERENCES "plans" ("plan_id"),
  FOREIGN KEY ("concept_id") REFERENCES "concepts" ("concept_id"),
  FOREIGN KEY ("near_concept_id") REFERENCES "concepts" ("concept_id"),
  FOREIGN KEY ("theme_id") REFERENCES "themes" ("theme_id"),
  FOREIGN KEY ("unit") REFERENCES "units" ("unit")
);

CREATE INDEX "targets_clause_id" ON "targets" ("clause_id");

CREATE INDEX "targets_concept_id" ON "targets" ("concept_id");

CREATE VIRTUAL TABLE targets_fts USING fts5 (indicator, concept, quote, place, theme, task, lead, others, also, across, content='');

CREATE VIEW "targets_named" AS SELECT t.target_id, r.name_zh AS region, t.indicator, t.scope, t.commitment, f.kept, t.comparator, t.value, t.value_max, t.unit, (CASE WHEN t.period_basis = 'by' THEN '到' || t.period_end
    WHEN t.period_start IS NULL OR t.period_start = t.period_end THEN t.period_end
    ELSE CASE t.period_basis WHEN 'annual' THEN '每年 ' WHEN 'average' THEN '年均 ' ELSE '' END
      || t.period_start || '—' || t.period_end
  END || CASE length(t.period_end) WHEN 4 THEN '年' ELSE '' END) AS period, t.quote,
  'plans/' || t.plan_id || '/text/index.html#' || substr(t.target_id, length(t.plan_id) + 2) AS sentence, f.lead, f.responsible, f.year, h.name_zh AS theme, c.name_zh AS concept,
  f.converted, f.converted_unit, v.newest_value AS actual, v.newest_period AS actual_period, v.verdict, v.sum_zh AS verdict_sum, t.note, k.title AS task, 'plans/' || t.plan_id || '/targets/index.html#' || substr(t.target_id, length(t.plan_id) + 2) AS page,
  t.plan_id, f.region_code, t.concept_id, f.theme_id, t.task_id, t.restates, f.promise_id
FROM targets t JOIN target_facts f ON f.target_id = t.target_id JOIN verdicts v ON v.target_id = t.target_id
  JOIN regions r ON r.region_code = f.region_code JOIN themes h ON h.theme_id = f.theme_id
  LEFT JOIN concepts c ON c.concept_id = t.concept_id LEFT JOIN tasks k ON k.task_id = t.task_id;

CREATE INDEX "targets_near_concept_id" ON "targets" ("near_concept_id");

CREATE INDEX "targets_plan_id" ON "targets" ("plan_id");

CREATE INDEX "targets_restates" ON "targets" ("restates");

CREATE INDEX "targets_task_id" ON "targets" ("task_id");

CREATE INDEX "targets_theme_id" ON "targets" ("theme_id");

CREATE INDEX "targets_unit" ON "targets" ("unit");

CREATE TABLE "task_facts" (
  "task_id" TEXT,  -- 任务编号 / Task
  "region_code" TEXT,  -- 地区 / Region
  "lead" TEXT,  -- 牵头单位 / Lead units
  "responsible" TEXT,  -- 其他责任单位 / Other units
  "organization_count" INTEGER,  -- 单位数 / Number of units
  "target_count" INTEGER,  -- 目标条数 / Number of targets
  PRIMARY KEY ("task_id"),
  FOREIGN KEY ("task_id") REFERENCES "tasks" ("task_id"),
  FOREIGN KEY ("region_code") REFERENCES "regions" ("region_code")
);

CREATE INDEX "task_facts_region_code" ON "task_facts" ("region_code");

CREATE INDEX "task_facts_task_id" ON "task_facts" ("task_id");

CREATE TABLE "tasks" (
  "task_id" TEXT NOT NULL,  -- 任务编号 / Task id
  "plan_id" TEXT NOT NULL,  -- 计划 / Plan
  "parent_id" TEXT,  -- 上级任务 / Parent task
  "clause_id" TEXT NOT NULL,  -- 条款 / Clause
  "number" TEXT,  -- 序号 / Number
  "title" TEXT NOT NULL,  -- 任务名称 / Title
  "theme_id" TEXT NOT NULL,  -- 主题 / Theme
  "period_start" TEXT,  -- 开始 / Start
  "period_end" TEXT,  -- 截止 / End
  PRIMARY KEY ("task_id"),
  FOREIGN KEY ("parent_id") REFERENCES "tasks" ("task_id"),
  FOREIGN KEY ("clause_id") REFERENCES "clauses" ("clause_id"),
  FOREIGN KEY ("plan_id") REFERENCES "plans" ("plan_id"),
  FOREIGN KEY ("theme_id") REFERENCES "themes" ("theme_id")
);

CREATE INDEX "tasks_clause_id" ON "tasks" ("clause_id");

CREATE VIRTUAL TABLE tasks_fts USING fts5 (title, parent, place, theme, clause, lead, others, also, across, content='');

CREATE VIEW "tasks_named" AS SELECT t.task_id, r.name_zh AS region, t.number, t.title, h.name_zh AS theme, f.lead, f.responsible, f.organization_count, f.target_count,
  o.title AS parent, t.period_start, t.period_end, 'plans/' || t.plan_id || '/tasks/index.html#' || substr(t.task_id, length(t.plan_id) + 2) AS page,
  'plans/' || t.plan_id || '/text/index.html#' || substr(t.clause_id, length(t.plan_id) + 2) AS sentence, p.title_zh AS plan, t.plan_id, f.region_code, t.theme_id, t.parent_id, t.clause_id
FROM tasks t JOIN task_facts f ON f.task_id = t.task_id JOIN plans p ON p.plan_id = t.plan_id
  JOIN regions r ON r.region_code = f.region_code JOIN themes h ON h.theme_id = t.theme_id
  LEFT JOIN tasks o ON o.task_id = t.parent_id;

CREATE INDEX "tasks_parent_id" ON "tasks" ("parent_id");

CREATE INDEX "tasks_plan_id" ON "tasks" ("plan_id");

CREATE INDEX "tasks_theme_id" ON "tasks" ("theme_id");

CREATE TABLE "terms" (
  "term" TEXT NOT NULL,  -- 用语 / Term
  "term_en" TEXT NOT NULL,  -- 英文译名 / Name (English)
  PRIMARY KEY ("term")
);

CREATE TABLE "themes" (
  "theme_id" TEXT NOT NULL,  -- 主题编号 / Theme id
  "name_zh" TEXT NOT NULL,  -- 名称 / Name (Chinese)
  "name_en" TEXT NOT NULL,  -- 英文名称 / Name (English)
  "order" INTEGER NOT NULL,  -- 顺序 / Order
  PRIMARY KEY ("theme_id")
);

CREATE TABLE "units" (
  "unit" TEXT NOT NULL,  -- 单位 / Unit
  "name_en" TEXT NOT NULL,  -- 英文名称 / Name (English)
  "dimension" TEXT NOT NULL,  -- 量纲 / Dimension
  "base_unit" TEXT NOT NULL,  -- 基本单位 / Base unit
  "factor" REAL NOT NULL,  -- 系数 / Factor
  PRIMARY KEY ("unit"),
  FOREIGN KEY ("base_unit") REFERENCES "units" ("unit")
);

CREATE INDEX "units_base_unit" ON "units" ("base_unit");

CREATE TABLE "updates" (
  "update_id" TEXT NOT NULL,  -- 进展编号 / Update id
  "plan_id" TEXT NOT NULL,  -- 计划 / Plan
  "task_id" TEXT,  -- 任务 / Task
  "target_id" TEXT,  -- 目标 / Target
  "project_id" TEXT,  -- 项目 / Project
  "date" TEXT NOT NULL,  -- 日期 / Date
  "status" TEXT NOT NULL,  -- 状态 / Status
  "value" REAL,  -- 数值 / Value
  "unit" TEXT,  -- 计量单位 / Unit
  "statement" TEXT NOT NULL,  -- 说明 / Statement
  "next_step" TEXT,  -- 下一步 / Next step
  "source_title" TEXT NOT NULL,  -- 来源标题 / Title of the source
  "source_kind" TEXT NOT NULL,  -- 来源类别 / Kind of source
  "source_url" TEXT NOT NULL,  -- 来源网址 / Source URL
  PRIMARY KEY ("update_id"),
  FOREIGN KEY ("task_id") REFERENCES "tasks" ("task_id"),
  FOREIGN KEY ("target_id") REFERENCES "targets" ("target_id"),
  FOREIGN KEY ("project_id") REFERENCES "projects" ("project_id"),
  FOREIGN KEY ("plan_id") REFERENCES "plans" ("plan_id"),
  FOREIGN KEY ("unit") REFERENCES "units" ("unit")
);

CREATE INDEX "updates_plan_id" ON "updates" ("plan_id");

CREATE INDEX "updates_project_id" ON "updates" ("project_id");

CREATE INDEX "updates_target_id" ON "updates" ("target_id");

CREATE INDEX "updates_task_id" ON "updates" ("task_id");

CREATE INDEX "updates_unit" ON "updates" ("unit");

CREATE TABLE "verdict_years" (
  "target_year" TEXT,  -- 目标和年份 / Target and year
  "target_id" TEXT,  -- 目标编号 / Target
  "year" INTEGER,  -- 年份 / Year
  "verdict" TEXT,  -- 结论 / Verdict
  "reason" TEXT,  -- 判断不出的原因 / Why it cannot be said
  "figure_id" TEXT,  -- 所用实际值编号 / Figure judged by: id
  "figure_value" REAL,  -- 所用实际值 / Figure judged by
  "figure_bound" TEXT,  -- 所用实际值的界限 / Figure judged by: bound
  "figure_period" TEXT,  -- 所用实际值的时期 / Figure judged by: period
  PRIMARY KEY ("target_year"),
  FOREIGN KEY ("target_id") REFERENCES "targets" ("target_id")
);

CREATE INDEX "verdict_years_target_id" ON "verdict_years" ("target_id");

CREATE TABLE "verdicts" (
  "target_id" TEXT,  -- 目标编号 / Target
  "verdict" TEXT,  -- 结论 / Verdict
  "rule" TEXT,  -- 规则 / Rule
  "reason" TEXT,  -- 判断不出的原因 / Why it cannot be said
  "as_of" TEXT,  -- 数据日期 / As of
  "due" TEXT,  -- 到期日 / Due
  "overdue" INTEGER,  -- 已到期 / Due already
  "value" REAL,  -- 目标值 / Target value
  "unit" TEXT,  -- 单位 / Unit
  "figure_id" TEXT,  -- 所用实际值编号 / Figure judged by: id
  "figure_value" REAL,  -- 所用实际值 / Figure judged by
  "figure_bound" TEXT,  -- 所用实际值的界限 / Figure judged by: bound
  "figure_period" TEXT,  -- 所用实际值的时期 / Figure judged by: period
  "baseline_id" TEXT,  -- 基数编号 / Baseline: id
  "baseline_value" REAL,  -- 基数 / Baseline
  "baseline_bound" TEXT,  -- 基数的界限 / Baseline: bound
  "baseline_period" TEXT,  -- 基数的时期 / Baseline: period
  "expected" REAL,  -- 应到的数 / What was due
  "step_id" TEXT,  -- 分步目标 / Step
  "newest_id" TEXT,  -- 最新实际值编号 / Newest figure: id
  "newest_value" REAL,  -- 最新实际值 / Newest figure
  "newest_bound" TEXT,  -- 最新实际值的界限 / Newest figure: bound
  "newest_period" TEXT,  -- 最新实际值的时期 / Newest figure: period
  "searched" TEXT,  -- 开始查找的日期 / Looked for since
  "sum_zh" TEXT,  -- 算式 / Sum (Chinese)
  "sum_en" TEXT,  -- 算式（英文） / Sum
  PRIMARY KEY ("target_id"),
  FOREIGN KEY ("target_id") REFERENCES "targets" ("target_id"),
  FOREIGN KEY ("unit") REFERENCES "units" ("unit"),
  FOREIGN KEY ("step_id") REFERENCES "targets" ("target_id")
);

CREATE INDEX "verdicts_step_id" ON "verdicts" ("step_id");

CREATE INDEX "verdicts_target_id" ON "verdicts" ("target_id");

CREATE INDEX "verdicts_unit" ON "verdicts" ("unit");

