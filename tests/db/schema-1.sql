-- The first schema, as it stood when files were first made. Never changed again.
CREATE TABLE setting (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE batch (
    id TEXT NOT NULL PRIMARY KEY,
    site TEXT NOT NULL,
    seq INTEGER NOT NULL, -- of its first operation: the order of the changes of a site
    kind TEXT NOT NULL,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    why TEXT,
    undoes TEXT, -- the batch that this one takes back
    undone_by TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX batch_order ON batch (site, seq);
CREATE TABLE op (
    site TEXT NOT NULL, -- the copy of the file in which it was made
    seq INTEGER NOT NULL,
    batch TEXT NOT NULL,
    register TEXT NOT NULL,
    record TEXT NOT NULL,
    kind TEXT NOT NULL, -- C create, U one field, D delete, R restore
    field TEXT,
    old TEXT,
    new TEXT, -- of a create: all fields as JSON
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    why TEXT,
    PRIMARY KEY (site, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX op_record ON op (record, seq);
CREATE INDEX op_batch ON op (batch);
CREATE TABLE draft (
    register TEXT NOT NULL,
    record TEXT NOT NULL,
    field TEXT NOT NULL,
    text TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (record, register, field)
) STRICT, WITHOUT ROWID;
CREATE TABLE sequence (
    name TEXT NOT NULL PRIMARY KEY, -- of case numbers: prefix, region, year
    last INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE "enterprise" ( -- 全口径涉重金属企业
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    deleted INTEGER NOT NULL,
    missing INTEGER NOT NULL, -- required fields that are empty
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    "case_no" TEXT,
    "name" TEXT,
    "former_name" TEXT,
    "uscc" TEXT,
    "no_uscc_reason" TEXT,
    "legal_person" TEXT,
    "env_manager" TEXT,
    "phone" TEXT,
    "region" TEXT,
    "town" TEXT,
    "village" TEXT,
    "address" TEXT,
    "lon" INTEGER,
    "lat" INTEGER,
    "basin" TEXT,
    "status" TEXT,
    "stopped_on" TEXT,
    "shut_on" TEXT,
    "key_industry" TEXT,
    "industry" TEXT,
    "industry_name" TEXT,
    "zinc_inorganic" INTEGER,
    "park" TEXT,
    "key_region" INTEGER,
    "entry_reason" TEXT,
    "entered_on" TEXT,
    "entry_basis" TEXT,
    "removed_on" TEXT,
    "removal_reason" TEXT,
    "products" TEXT,
    "capacity_t" INTEGER,
    "raw_materials" TEXT,
    "high_metal_feed" INTEGER,
    "high_feed_metals" TEXT,
    "special_limits" INTEGER,
    "special_limits_on" TEXT,
    "key_discharger" INTEGER,
    "not_key_discharger_reason" TEXT,
    "soil_key_unit" INTEGER,
    "random_inspection" INTEGER,
    "permit_class" TEXT,
    "permit_no" TEXT,
    "permit_from_on" TEXT,
    "permit_to_on" TEXT,
    "permit_cancelled_on" TEXT,
    "permitted_lead_water" INTEGER,
    "permitted_mercury_water" INTEGER,
    "permitted_cadmium_water" INTEGER,
    "permitted_chromium_water" INTEGER,
    "permitted_arsenic_water" INTEGER,
    "permitted_thallium_water" INTEGER,
    "permitted_antimony_water" INTEGER,
    "permitted_lead_air" INTEGER,
    "permitted_mercury_air" INTEGER,
    "permitted_cadmium_air" INTEGER,
    "permitted_chromium_air" INTEGER,
    "permitted_arsenic_air" INTEGER,
    "permitted_thallium_air" INTEGER,
    "permitted_antimony_air" INTEGER,
    "permitted_lead_kg" INTEGER,
    "permitted_mercury_kg" INTEGER,
    "permitted_cadmium_kg" INTEGER,
    "permitted_chromium_kg" INTEGER,
    "permitted_arsenic_kg" INTEGER,
    "permitted_total_kg" INTEGER,
    "base_lead_kg" INTEGER,
    "base_mercury_kg" INTEGER,
    "base_cadmium_kg" INTEGER,
    "base_chromium_kg" INTEGER,
    "base_arsenic_kg" INTEGER,
    "base_total_kg" INTEGER,
    "actual_lead_kg" INTEGER,
    "actual_mercury_kg" INTEGER,
    "actual_cadmium_kg" INTEGER,
    "actual_chromium_kg" INTEGER,
    "actual_arsenic_kg" INTEGER,
    "actual_total_kg" INTEGER,
    "actual_period" TEXT,
    "actual_method" TEXT,
    "added_kg" INTEGER,
    "cut_kg" INTEGER,
    "transferred_out_kg" INTEGER,
    "transferred_out_to" TEXT,
    "transferred_in_kg" INTEGER,
    "transferred_in_from" TEXT,
    "audit_on" TEXT,
    "audit_mandatory" INTEGER,
    "audit_grade" TEXT,
    "audit_lead" TEXT,
    "audit_schedule" TEXT,
    "emergency_plan_no" TEXT,
    "emergency_plan_on" TEXT,
    "emergency_drill_on" TEXT,
    "handles_hazardous_waste" INTEGER,
    "insurance_to_on" TEXT,
    "deposition_on" TEXT,
    "farmland_on" TEXT,
    "smart_monitoring" TEXT,
    "disclosure" TEXT,
    "credit_grade" TEXT,
    "source" TEXT,
    "verified_on" TEXT,
    "verified_by" TEXT,
    "campaigns" TEXT,
    "note" TEXT,
    "attachment" TEXT
) STRICT;
CREATE INDEX "enterprise_state" ON "enterprise" (deleted, missing);
CREATE INDEX "enterprise_order_name" ON "enterprise" (deleted, "name", id);
CREATE INDEX "enterprise_identity_case_no" ON "enterprise" ("case_no");
CREATE INDEX "enterprise_identity_uscc_region" ON "enterprise" ("uscc", "region");
CREATE INDEX "enterprise_identity_name_region" ON "enterprise" ("name", "region");
CREATE TABLE "thallium_enterprise" ( -- 涉铊企业
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    deleted INTEGER NOT NULL,
    missing INTEGER NOT NULL, -- required fields that are empty
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    "case_no" TEXT,
    "enterprise" TEXT,
    "thallium_industry" TEXT,
    "thallium_evidence" TEXT,
    "thallium_steps" TEXT,
    "material_source" TEXT,
    "content_max" INTEGER,
    "content_mean" INTEGER,
    "assay_on" TEXT,
    "assay_report" TEXT,
    "throughput_t" INTEGER,
    "input_kg" INTEGER,
    "water_fate" TEXT,
    "zero_discharge_proof" TEXT,
    "workshop_outlet" TEXT,
    "main_outlet" TEXT,
    "rain_outlet" TEXT,
    "standard_no" TEXT,
    "thallium_limit" INTEGER,
    "limit_state" TEXT,
    "monitoring_point" TEXT,
    "removal_unit" INTEGER,
    "removal_process" TEXT,
    "removal_capacity" INTEGER,
    "removal_started_on" TEXT,
    "upgrade_state" TEXT,
    "monitor_frequency" TEXT,
    "monitored_value" TEXT,
    "monitored_on" TEXT,
    "monitored_result" TEXT,
    "downstream_station" TEXT,
    "source_distance_km" INTEGER,
    "records_kept" INTEGER,
    "records_years" INTEGER,
    "risk_level" TEXT,
    "risk_reason" TEXT,
    "plan_drafted_on" TEXT,
    "plan_reviewed_on" TEXT,
    "plan_completed_on" TEXT,
    "source" TEXT,
    "verified_on" TEXT,
    "verified_by" TEXT,
    "campaigns" TEXT,
    "note" TEXT,
    "attachment" TEXT
) STRICT;
CREATE INDEX "thallium_enterprise_state" ON "thallium_enterprise" (deleted, missing);
CREATE INDEX "thallium_enterprise_order_enterprise" ON "thallium_enterprise" (deleted, "enterprise", id);
CREATE INDEX "thallium_enterprise_identity_case_no" ON "thallium_enterprise" ("case_no");
CREATE INDEX "thallium_enterprise_identity_enterprise" ON "thallium_enterprise" ("enterprise");
CREATE INDEX "thallium_enterprise_enterprise" ON "thallium_enterprise" ("enterprise");
CREATE TABLE "legacy_site" ( -- 历史遗留点位
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    deleted INTEGER NOT NULL,
    missing INTEGER NOT NULL, -- required fields that are empty
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    "case_no" TEXT,
    "name" TEXT,
    "former_owner" TEXT,
    "liability" TEXT,
    "liable_party" TEXT,
    "territorial_unit" TEXT,
    "region" TEXT,
    "town" TEXT,
    "village" TEXT,
    "address" TEXT,
    "lon" INTEGER,
    "lat" INTEGER,
    "basin" TEXT,
    "status" TEXT,
    "stopped_on" TEXT,
    "shut_on" TEXT,
    "problem_types" TEXT,
    "mineral" TEXT,
    "metals" TEXT,
    "mass_10kt" INTEGER,
    "volume_m3" INTEGER,
    "area_m2" INTEGER,
    "flow_dry" INTEGER,
    "flow_normal" INTEGER,
    "flow_wet" INTEGER,
    "water_ph" INTEGER,
    "water_colour" TEXT,
    "waste_class" TEXT,
    "leaching_result" TEXT,
    "water_result" TEXT,
    "soil_result" TEXT,
    "sampled_on" TEXT,
    "monitored_result" TEXT,
    "anti_seepage" TEXT,
    "anti_loss" TEXT,
    "anti_dust" TEXT,
    "flood_ditch" TEXT,
    "leachate_collection" TEXT,
    "receptor_state" TEXT,
    "pollution_grade" TEXT,
    "pollution_score" INTEGER,
    "pollution_reason" TEXT,
    "sensitivity_grade" TEXT,
    "sensitivity_score" INTEGER,
    "sensitivity_reason" TEXT,
    "feasibility_grade" TEXT,
    "feasibility_score" INTEGER,
    "feasibility_reason" TEXT,
    "hazard_grade" TEXT,
    "spread_grade" TEXT,
    "receptor_grade" TEXT,
    "risk_level" TEXT,
    "downstream_farmland" INTEGER,
    "priority" TEXT,
    "route" TEXT,
    "stage" TEXT,
    "interim_measure" TEXT,
    "interim_done_on" TEXT,
    "investment_10k" INTEGER,
    "funding" TEXT,
    "project_no" TEXT,
    "discovery" TEXT,
    "monitoring_plan" TEXT,
    "source" TEXT,
    "verified_on" TEXT,
    "verified_by" TEXT,
    "campaigns" TEXT,
    "note" TEXT,
    "attachment" TEXT
) STRICT;
CREATE INDEX "legacy_site_state" ON "legacy_site" (deleted, missing);
CREATE INDEX "legacy_site_order_name" ON "legacy_site" (deleted, "name", id);
CREATE INDEX "legacy_site_identity_case_no" ON "legacy_site" ("case_no");
CREATE INDEX "legacy_site_identity_name_region" ON "legacy_site" ("name", "region");
CREATE TABLE "receptor" ( -- 敏感目标
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    deleted INTEGER NOT NULL,
    missing INTEGER NOT NULL, -- required fields that are empty
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    "site" TEXT,
    "kind" TEXT,
    "name" TEXT,
    "distance_m" INTEGER,
    "downstream" INTEGER,
    "note" TEXT
) STRICT;
CREATE INDEX "receptor_state" ON "receptor" (deleted, missing);
CREATE INDEX "receptor_order_distance_m" ON "receptor" (deleted, "distance_m", id);
CREATE INDEX "receptor_identity_site_kind_name" ON "receptor" ("site", "kind", "name");
CREATE INDEX "receptor_site" ON "receptor" ("site");
CREATE TABLE "cadmium_source" ( -- 涉镉污染源
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    deleted INTEGER NOT NULL,
    missing INTEGER NOT NULL, -- required fields that are empty
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    "case_no" TEXT,
    "name" TEXT,
    "enterprise" TEXT,
    "uscc" TEXT,
    "source_type" TEXT,
    "listed_before_2020" INTEGER,
    "listed_year" INTEGER,
    "batch" TEXT,
    "metals" TEXT,
    "pathways" TEXT,
    "region" TEXT,
    "town" TEXT,
    "village" TEXT,
    "address" TEXT,
    "lon" INTEGER,
    "lat" INTEGER,
    "basin" TEXT,
    "status" TEXT,
    "stopped_on" TEXT,
    "shut_on" TEXT,
    "farmland_mu" INTEGER,
    "farmland_class" TEXT,
    "farmland_place" TEXT,
    "farmland_distance_m" INTEGER,
    "soil_ph" INTEGER,
    "land_use" TEXT,
    "soil_cadmium" TEXT,
    "soil_mercury" TEXT,
    "soil_arsenic" TEXT,
    "soil_lead" TEXT,
    "soil_chromium" TEXT,
    "soil_copper" TEXT,
    "soil_nickel" TEXT,
    "soil_zinc" TEXT,
    "crop_result" TEXT,
    "crop_cadmium" TEXT,
    "deposition_points" TEXT,
    "deposition_frequency" TEXT,
    "deposition_on" TEXT,
    "deposition_cadmium" TEXT,
    "measures" TEXT,
    "closing_criterion" TEXT,
    "planned_on" TEXT,
    "completed_on" TEXT,
    "accepted_on" TEXT,
    "closed_on" TEXT,
    "source" TEXT,
    "verified_on" TEXT,
    "verified_by" TEXT,
    "campaigns" TEXT,
    "note" TEXT,
    "attachment" TEXT
) STRICT;
CREATE INDEX "cadmium_source_state" ON "cadmium_source" (deleted, missing);
CREATE INDEX "cadmium_source_order_name" ON "cadmium_source" (deleted, "name", id);
CREATE INDEX "cadmium_source_identity_case_no" ON "cadmium_source" ("case_no");
CREATE INDEX "cadmium_source_identity_name_region" ON "cadmium_source" ("name", "region");
CREATE INDEX "cadmium_source_enterprise" ON "cadmium_source" ("enterprise");
CREATE TABLE "problem" ( -- 整改台账
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    deleted INTEGER NOT NULL,
    missing INTEGER NOT NULL, -- required fields that are empty
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    "case_no" TEXT,
    "region" TEXT,
    "town" TEXT,
    "enterprise" TEXT,
    "site" TEXT,
    "cadmium_source" TEXT,
    "object_name" TEXT,
    "origin" TEXT,
    "found_on" TEXT,
    "found_by_unit" TEXT,
    "found_by" TEXT,
    "category" TEXT,
    "description" TEXT,
    "metals" TEXT,
    "risk_level" TEXT,
    "fix_at_once" INTEGER,
    "measures" TEXT,
    "goal" TEXT,
    "responsible_unit" TEXT,
    "responsible_person" TEXT,
    "supervising_unit" TEXT,
    "supervisor" TEXT,
    "technical_support" TEXT,
    "due_on" TEXT,
    "extension_count" INTEGER,
    "extension_approval" TEXT,
    "state" TEXT,
    "started_on" TEXT,
    "before_photo" TEXT,
    "after_photo" TEXT,
    "after_photo_on" TEXT,
    "monitoring_report" TEXT,
    "contract" TEXT,
    "other_evidence" TEXT,
    "self_checked_on" TEXT,
    "applied_on" TEXT,
    "checked_on" TEXT,
    "checkers" TEXT,
    "check_result" TEXT,
    "reviewed_on" TEXT,
    "review_opinion" TEXT,
    "notice_from_on" TEXT,
    "notice_to_on" TEXT,
    "closed_on" TEXT,
    "closure_no" TEXT,
    "lookback_on" TEXT,
    "rebound" INTEGER,
    "former_problem" TEXT,
    "campaigns" TEXT,
    "note" TEXT,
    "attachment" TEXT
) STRICT;
CREATE INDEX "problem_state" ON "problem" (deleted, missing);
CREATE INDEX "problem_order_due_on" ON "problem" (deleted, "due_on", id);
CREATE INDEX "problem_identity_case_no" ON "problem" ("case_no");
CREATE INDEX "problem_identity_region_description_found_on" ON "problem" ("region", "description", "found_on");
CREATE INDEX "problem_identity_region_description" ON "problem" ("region", "description");
CREATE INDEX "problem_enterprise" ON "problem" ("enterprise");
CREATE INDEX "problem_site" ON "problem" ("site");
CREATE INDEX "problem_cadmium_source" ON "problem" ("cadmium_source");
CREATE INDEX "problem_former_problem" ON "problem" ("former_problem");
CREATE TABLE "progress" ( -- 整改进展
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    deleted INTEGER NOT NULL,
    missing INTEGER NOT NULL, -- required fields that are empty
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    "problem" TEXT,
    "reported_on" TEXT,
    "done_percent" INTEGER,
    "description" TEXT,
    "reported_by" TEXT
) STRICT;
CREATE INDEX "progress_state" ON "progress" (deleted, missing);
CREATE INDEX "progress_order_reported_on" ON "progress" (deleted, "reported_on", id);
CREATE INDEX "progress_identity_problem_reported_on" ON "progress" ("problem", "reported_on");
CREATE INDEX "progress_problem" ON "progress" ("problem");
CREATE TABLE "region" ( -- 行政区划
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    deleted INTEGER NOT NULL,
    missing INTEGER NOT NULL, -- required fields that are empty
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    "code" TEXT,
    "name" TEXT,
    "short_name" TEXT,
    "level" TEXT,
    "parent_code" TEXT,
    "statistical" INTEGER
) STRICT;
CREATE INDEX "region_state" ON "region" (deleted, missing);
CREATE INDEX "region_order_code" ON "region" (deleted, "code", id);
CREATE INDEX "region_identity_code" ON "region" ("code");
CREATE INDEX "region_identity_name" ON "region" ("name");
CREATE INDEX "region_identity_short_name" ON "region" ("short_name");
CREATE TABLE "industry" ( -- 行业代码
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    deleted INTEGER NOT NULL,
    missing INTEGER NOT NULL, -- required fields that are empty
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    "code" TEXT,
    "name" TEXT,
    "key_industry" TEXT,
    "thallium" INTEGER,
    "confidence" TEXT,
    "note" TEXT
) STRICT;
CREATE INDEX "industry_state" ON "industry" (deleted, missing);
CREATE INDEX "industry_order_code" ON "industry" (deleted, "code", id);
CREATE INDEX "industry_identity_code" ON "industry" ("code");

-- What a bureau had in its file.
INSERT INTO setting VALUES ('site', '0197ffff-0000-7000-8000-00000000000a'), ('operator', '李四'),
    ('region', '441802');
INSERT INTO enterprise (id, version, deleted, missing, created_at, updated_at, case_no, name, region,
    base_lead_kg) VALUES ('0197ffff-0000-7000-8000-000000000001', 1, 0, 9, '2025-07-01T09:00:00',
    '2025-07-01T09:00:00', 'QY-441802-2025-0001', '清远市示例冶炼有限公司', '441802', 1250);
INSERT INTO legacy_site (id, version, deleted, missing, created_at, updated_at, case_no, name, region)
    VALUES ('0197ffff-0000-7000-8000-000000000002', 1, 0, 9, '2025-07-01T09:00:00',
    '2025-07-01T09:00:00', 'LY-441802-2025-0001', '老厂沟', '441802');
INSERT INTO receptor (id, version, deleted, missing, created_at, updated_at, site, name)
    VALUES ('0197ffff-0000-7000-8000-000000000003', 1, 0, 3, '2025-07-01T09:00:00',
    '2025-07-01T09:00:00', '0197ffff-0000-7000-8000-000000000002', '水田');
INSERT INTO batch (id, site, seq, kind, at, who) VALUES ('0197ffff-0000-7000-8000-00000000000b',
    '0197ffff-0000-7000-8000-00000000000a', 1, 'edit', '2025-07-01T09:00:00', '李四');
INSERT INTO op (site, seq, batch, register, record, kind, new, at, who) VALUES
    ('0197ffff-0000-7000-8000-00000000000a', 1, '0197ffff-0000-7000-8000-00000000000b', 'enterprise',
    '0197ffff-0000-7000-8000-000000000001', 'C', '{"name":"清远市示例冶炼有限公司"}',
    '2025-07-01T09:00:00', '李四'),
    ('0197ffff-0000-7000-8000-00000000000a', 2, '0197ffff-0000-7000-8000-00000000000b', 'legacy_site',
    '0197ffff-0000-7000-8000-000000000002', 'C', '{"name":"老厂沟"}', '2025-07-01T09:00:00', '李四');
INSERT INTO draft VALUES ('enterprise', '0197ffff-0000-7000-8000-000000000001', 'town', '龙塘',
    '2025-07-01T10:00:00');
INSERT INTO sequence VALUES ('QY-441802-2025', 1), ('LY-441802-2025', 1);
INSERT INTO region (id, version, deleted, missing, created_at, updated_at, code, name, level)
    VALUES ('441802', 1, 0, 0, '', '', '441802', '清城区', '县');
