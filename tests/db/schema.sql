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
CREATE TABLE finding (
    register TEXT NOT NULL,
    record TEXT NOT NULL,
    rule TEXT NOT NULL,
    field TEXT NOT NULL, -- '' when about the whole record
    severity INTEGER NOT NULL,
    message TEXT NOT NULL,
    basis TEXT NOT NULL,
    value TEXT NOT NULL -- what stood in the field, canonical
) STRICT;
CREATE INDEX finding_record ON finding (record);
CREATE INDEX finding_order ON finding (severity, register, rule);
CREATE TABLE unchecked (
    register TEXT NOT NULL,
    record TEXT NOT NULL, -- '' for the whole register
    mark INTEGER NOT NULL, -- another one each time it is said again
    PRIMARY KEY (register, record)
) STRICT, WITHOUT ROWID;
CREATE TABLE learned (
    kind TEXT NOT NULL,
    scope TEXT NOT NULL,
    text TEXT NOT NULL, -- as it stands in a list from elsewhere
    meaning TEXT NOT NULL, -- what a person decided that it means
    PRIMARY KEY (kind, scope, text)
) STRICT, WITHOUT ROWID;
CREATE TABLE filed (
    filing TEXT NOT NULL, -- id of the report to superiors
    register TEXT NOT NULL,
    record TEXT NOT NULL,
    name TEXT NOT NULL,
    figures TEXT NOT NULL, -- the fields that were filed, as JSON of canonical texts
    PRIMARY KEY (filing, register, record)
) STRICT, WITHOUT ROWID;
CREATE INDEX filed_record ON filed (record, register);
CREATE TABLE taught ( -- what a change has added to learned
    batch TEXT NOT NULL,
    kind TEXT NOT NULL,
    scope TEXT NOT NULL,
    text TEXT NOT NULL,
    former TEXT, -- what it meant before
    PRIMARY KEY (batch, kind, scope, text)
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
    "former_total_kg" INTEGER,
    "change_reason" TEXT,
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
CREATE INDEX "enterprise_lon" ON "enterprise" ("lon") WHERE "lon" IS NOT NULL;
CREATE INDEX "enterprise_due_permit_to_on" ON "enterprise" (deleted, "permit_to_on", "status", "permit_cancelled_on") WHERE "permit_to_on" IS NOT NULL;
CREATE INDEX "enterprise_due_verified_on" ON "enterprise" (deleted, "verified_on") WHERE "verified_on" IS NOT NULL;
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
CREATE INDEX "thallium_enterprise_enterprise" ON "thallium_enterprise" ("enterprise");
CREATE INDEX "thallium_enterprise_due_verified_on" ON "thallium_enterprise" (deleted, "verified_on") WHERE "verified_on" IS NOT NULL;
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
    "pollution_proposed" TEXT,
    "pollution_grounds" TEXT,
    "sensitivity_grade" TEXT,
    "sensitivity_score" INTEGER,
    "sensitivity_reason" TEXT,
    "sensitivity_proposed" TEXT,
    "sensitivity_grounds" TEXT,
    "feasibility_grade" TEXT,
    "feasibility_score" INTEGER,
    "feasibility_reason" TEXT,
    "feasibility_proposed" TEXT,
    "feasibility_grounds" TEXT,
    "hazard_grade" TEXT,
    "spread_grade" TEXT,
    "receptor_grade" TEXT,
    "risk_level" TEXT,
    "risk_reason" TEXT,
    "hazard_proposed" TEXT,
    "spread_proposed" TEXT,
    "receptor_proposed" TEXT,
    "risk_proposed" TEXT,
    "risk_grounds" TEXT,
    "graded_on" TEXT,
    "downgrade_reason" TEXT,
    "downgrade_evidence" TEXT,
    "downstream_farmland" INTEGER,
    "priority" TEXT,
    "route" TEXT,
    "route_proposed" TEXT,
    "stage" TEXT,
    "interim_measure" TEXT,
    "interim_done_on" TEXT,
    "works_started_on" TEXT,
    "works_done_on" TEXT,
    "effect_evaluated_on" TEXT,
    "effect_conclusion" TEXT,
    "effect_basis" TEXT,
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
CREATE INDEX "legacy_site_lon" ON "legacy_site" ("lon") WHERE "lon" IS NOT NULL;
CREATE INDEX "legacy_site_due_verified_on" ON "legacy_site" (deleted, "verified_on") WHERE "verified_on" IS NOT NULL;
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
    "source_type" TEXT,
    "enterprise" TEXT,
    "uscc" TEXT,
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
CREATE INDEX "cadmium_source_lon" ON "cadmium_source" ("lon") WHERE "lon" IS NOT NULL;
CREATE INDEX "cadmium_source_due_verified_on" ON "cadmium_source" (deleted, "verified_on") WHERE "verified_on" IS NOT NULL;
CREATE TABLE "tailings_pond" ( -- 尾矿库、堆场
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    deleted INTEGER NOT NULL,
    missing INTEGER NOT NULL, -- required fields that are empty
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    "case_no" TEXT,
    "name" TEXT,
    "former_name" TEXT,
    "kind" TEXT,
    "enterprise" TEXT,
    "ownerless" INTEGER,
    "owner_name" TEXT,
    "status" TEXT,
    "minerals" TEXT,
    "process" TEXT,
    "heavy_metal" INTEGER,
    "metals" TEXT,
    "region" TEXT,
    "town" TEXT,
    "village" TEXT,
    "address" TEXT,
    "lon" INTEGER,
    "lat" INTEGER,
    "basin" TEXT,
    "grade" TEXT,
    "safety_degree" TEXT,
    "form" TEXT,
    "dam_method" TEXT,
    "dam_height_design" INTEGER,
    "dam_height_now" INTEGER,
    "volume_design" INTEGER,
    "volume_now" INTEGER,
    "commissioned_on" TEXT,
    "service_years" INTEGER,
    "expanded" INTEGER,
    "tailings_state" TEXT,
    "tailings_10kt_year" INTEGER,
    "flood_standard" TEXT,
    "composition" TEXT,
    "waste_class" TEXT,
    "water_composition" TEXT,
    "water_generated" INTEGER,
    "water_discharged" INTEGER,
    "water_reuse_percent" INTEGER,
    "outlet_code" TEXT,
    "seepage_barrier" TEXT,
    "runoff_barrier" TEXT,
    "dust_barrier" TEXT,
    "intercept_ditch" TEXT,
    "leachate" TEXT,
    "env_class" TEXT,
    "head_pond" INTEGER,
    "downstream_people" INTEGER,
    "downstream_facilities" TEXT,
    "receptors" TEXT,
    "well_upstream" INTEGER,
    "well_side" INTEGER,
    "well_downstream" INTEGER,
    "well_factors" TEXT,
    "online_monitoring" INTEGER,
    "risk_assessed_on" TEXT,
    "risk_level" TEXT,
    "emergency_plan_no" TEXT,
    "emergency_plan_on" TEXT,
    "emergency_drill_on" TEXT,
    "emergency_pool_m3" INTEGER,
    "responsible_person" TEXT,
    "responsible_post" TEXT,
    "phone" TEXT,
    "safety_permit_no" TEXT,
    "safety_permit_from_on" TEXT,
    "safety_permit_to_on" TEXT,
    "eia_no" TEXT,
    "ledger_kept" INTEGER,
    "hazard_list_on" TEXT,
    "past_incidents" TEXT,
    "plan_state" TEXT,
    "plan_drafted_on" TEXT,
    "problem_count" INTEGER,
    "problems" TEXT,
    "measures" TEXT,
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
CREATE INDEX "tailings_pond_state" ON "tailings_pond" (deleted, missing);
CREATE INDEX "tailings_pond_order_name" ON "tailings_pond" (deleted, "name", id);
CREATE INDEX "tailings_pond_identity_case_no" ON "tailings_pond" ("case_no");
CREATE INDEX "tailings_pond_identity_region_name" ON "tailings_pond" ("region", "name");
CREATE INDEX "tailings_pond_enterprise" ON "tailings_pond" ("enterprise");
CREATE INDEX "tailings_pond_lon" ON "tailings_pond" ("lon") WHERE "lon" IS NOT NULL;
CREATE INDEX "tailings_pond_due_verified_on" ON "tailings_pond" (deleted, "verified_on") WHERE "verified_on" IS NOT NULL;
CREATE TABLE "manganese_mine" ( -- 锰矿山
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    deleted INTEGER NOT NULL,
    missing INTEGER NOT NULL, -- required fields that are empty
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    "case_no" TEXT,
    "name" TEXT,
    "enterprise" TEXT,
    "owner_name" TEXT,
    "ore_kind" TEXT,
    "mining_permit_no" TEXT,
    "mining_permit_from_on" TEXT,
    "mining_permit_to_on" TEXT,
    "mining_method" TEXT,
    "capacity_10kt" INTEGER,
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
    "waste_rock_10kt" INTEGER,
    "slag_10kt" INTEGER,
    "heap_state" TEXT,
    "mine_water_m3d" INTEGER,
    "mine_water_manganese" TEXT,
    "mine_water_cadmium" TEXT,
    "mine_water_ph" INTEGER,
    "monitored_on" TEXT,
    "water_treatment" TEXT,
    "receptors" TEXT,
    "drainage" TEXT,
    "restoration" TEXT,
    "restored_ha" INTEGER,
    "problem_count" INTEGER,
    "problems" TEXT,
    "measures" TEXT,
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
CREATE INDEX "manganese_mine_state" ON "manganese_mine" (deleted, missing);
CREATE INDEX "manganese_mine_order_name" ON "manganese_mine" (deleted, "name", id);
CREATE INDEX "manganese_mine_identity_case_no" ON "manganese_mine" ("case_no");
CREATE INDEX "manganese_mine_identity_region_name" ON "manganese_mine" ("region", "name");
CREATE INDEX "manganese_mine_enterprise" ON "manganese_mine" ("enterprise");
CREATE INDEX "manganese_mine_lon" ON "manganese_mine" ("lon") WHERE "lon" IS NOT NULL;
CREATE INDEX "manganese_mine_due_verified_on" ON "manganese_mine" (deleted, "verified_on") WHERE "verified_on" IS NOT NULL;
CREATE TABLE "manganese_plant" ( -- 电解锰企业
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    deleted INTEGER NOT NULL,
    missing INTEGER NOT NULL, -- required fields that are empty
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    "case_no" TEXT,
    "enterprise" TEXT,
    "product" TEXT,
    "capacity_t" INTEGER,
    "output_t" INTEGER,
    "output_year" INTEGER,
    "phase_out" TEXT,
    "phase_out_note" TEXT,
    "slag_generated_t" INTEGER,
    "slag_used_t" INTEGER,
    "slag_stored_t" INTEGER,
    "slag_treatment" TEXT,
    "slag_fate" TEXT,
    "slag_yard" TEXT,
    "chromium_slag" TEXT,
    "workshop_outlet" TEXT,
    "main_outlet" TEXT,
    "water_fate" TEXT,
    "chromium6_value" TEXT,
    "manganese_value" TEXT,
    "ammonia_value" TEXT,
    "selenium_value" TEXT,
    "monitored_on" TEXT,
    "monitored_report" TEXT,
    "problem_count" INTEGER,
    "problems" TEXT,
    "measures" TEXT,
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
CREATE INDEX "manganese_plant_state" ON "manganese_plant" (deleted, missing);
CREATE INDEX "manganese_plant_order_enterprise" ON "manganese_plant" (deleted, "enterprise", id);
CREATE INDEX "manganese_plant_identity_case_no" ON "manganese_plant" ("case_no");
CREATE INDEX "manganese_plant_enterprise" ON "manganese_plant" ("enterprise");
CREATE INDEX "manganese_plant_slag_yard" ON "manganese_plant" ("slag_yard");
CREATE INDEX "manganese_plant_due_verified_on" ON "manganese_plant" (deleted, "verified_on") WHERE "verified_on" IS NOT NULL;
CREATE TABLE "manganese_slag_yard" ( -- 锰渣库
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    deleted INTEGER NOT NULL,
    missing INTEGER NOT NULL, -- required fields that are empty
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    "case_no" TEXT,
    "name" TEXT,
    "enterprise" TEXT,
    "owner_name" TEXT,
    "state" TEXT,
    "grade" TEXT,
    "volume_design" INTEGER,
    "volume_now" INTEGER,
    "slag_10kt" INTEGER,
    "commissioned_on" TEXT,
    "sealed_on" TEXT,
    "region" TEXT,
    "town" TEXT,
    "village" TEXT,
    "address" TEXT,
    "lon" INTEGER,
    "lat" INTEGER,
    "basin" TEXT,
    "liner" TEXT,
    "leak" TEXT,
    "leachate_m3d" INTEGER,
    "leachate_manganese" TEXT,
    "leachate_ammonia" TEXT,
    "leachate_chromium6" TEXT,
    "monitored_on" TEXT,
    "leachate_treatment" TEXT,
    "drainage" TEXT,
    "cover" TEXT,
    "well_count" INTEGER,
    "receptors" TEXT,
    "problem_count" INTEGER,
    "problems" TEXT,
    "measures" TEXT,
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
CREATE INDEX "manganese_slag_yard_state" ON "manganese_slag_yard" (deleted, missing);
CREATE INDEX "manganese_slag_yard_order_name" ON "manganese_slag_yard" (deleted, "name", id);
CREATE INDEX "manganese_slag_yard_identity_case_no" ON "manganese_slag_yard" ("case_no");
CREATE INDEX "manganese_slag_yard_identity_region_name" ON "manganese_slag_yard" ("region", "name");
CREATE INDEX "manganese_slag_yard_enterprise" ON "manganese_slag_yard" ("enterprise");
CREATE INDEX "manganese_slag_yard_lon" ON "manganese_slag_yard" ("lon") WHERE "lon" IS NOT NULL;
CREATE INDEX "manganese_slag_yard_due_verified_on" ON "manganese_slag_yard" (deleted, "verified_on") WHERE "verified_on" IS NOT NULL;
CREATE TABLE "park" ( -- 涉重金属园区
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    deleted INTEGER NOT NULL,
    missing INTEGER NOT NULL, -- required fields that are empty
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    "case_no" TEXT,
    "name" TEXT,
    "code" TEXT,
    "level" TEXT,
    "state" TEXT,
    "operator" TEXT,
    "contact" TEXT,
    "phone" TEXT,
    "area_ha" INTEGER,
    "industries" TEXT,
    "plan_eia_no" TEXT,
    "plan_eia_on" TEXT,
    "region" TEXT,
    "town" TEXT,
    "village" TEXT,
    "address" TEXT,
    "lon" INTEGER,
    "lat" INTEGER,
    "basin" TEXT,
    "sewage_plant" TEXT,
    "sewage_capacity" INTEGER,
    "sewage_flow" INTEGER,
    "sewage_process" TEXT,
    "sewage_online" INTEGER,
    "sewage_outlet" TEXT,
    "pipe_mode" TEXT,
    "rain_separated" INTEGER,
    "rain_pool_m3" INTEGER,
    "emergency_pool_m3" INTEGER,
    "waste_facility" TEXT,
    "air_control" TEXT,
    "risk_assessed_on" TEXT,
    "risk_level" TEXT,
    "emergency_plan_no" TEXT,
    "emergency_plan_on" TEXT,
    "emergency_drill_on" TEXT,
    "warning_station" TEXT,
    "receptors" TEXT,
    "approval_suspended" INTEGER,
    "suspended_on" TEXT,
    "suspended_reason" TEXT,
    "resumed_on" TEXT,
    "problems" TEXT,
    "source" TEXT,
    "verified_on" TEXT,
    "verified_by" TEXT,
    "campaigns" TEXT,
    "note" TEXT,
    "attachment" TEXT
) STRICT;
CREATE INDEX "park_state" ON "park" (deleted, missing);
CREATE INDEX "park_order_name" ON "park" (deleted, "name", id);
CREATE INDEX "park_identity_case_no" ON "park" ("case_no");
CREATE INDEX "park_identity_region_name" ON "park" ("region", "name");
CREATE INDEX "park_lon" ON "park" ("lon") WHERE "lon" IS NOT NULL;
CREATE INDEX "park_due_verified_on" ON "park" (deleted, "verified_on") WHERE "verified_on" IS NOT NULL;
CREATE TABLE "outlet" ( -- 排放口
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    deleted INTEGER NOT NULL,
    missing INTEGER NOT NULL, -- required fields that are empty
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    "case_no" TEXT,
    "enterprise" TEXT,
    "code" TEXT,
    "name" TEXT,
    "kind" TEXT,
    "state" TEXT,
    "position" TEXT,
    "lon" INTEGER,
    "lat" INTEGER,
    "production_units" TEXT,
    "fate" TEXT,
    "receiving_water" TEXT,
    "zero_discharge_proof" TEXT,
    "treatment" TEXT,
    "flow_permitted" INTEGER,
    "flow_actual" INTEGER,
    "gas_flow" INTEGER,
    "in_permit" INTEGER,
    "factors" TEXT,
    "standard_no" TEXT,
    "limit_factor" TEXT,
    "limit_value" TEXT,
    "limit_state" TEXT,
    "other_limits" TEXT,
    "monitor_frequency" TEXT,
    "online_monitoring" INTEGER,
    "online_items" TEXT,
    "online_since_on" TEXT,
    "flow_meter" INTEGER,
    "sign_board" INTEGER,
    "sampling_place" TEXT,
    "shut_valve" INTEGER,
    "rain_tested" INTEGER,
    "source" TEXT,
    "verified_on" TEXT,
    "verified_by" TEXT,
    "campaigns" TEXT,
    "note" TEXT,
    "attachment" TEXT
) STRICT;
CREATE INDEX "outlet_state" ON "outlet" (deleted, missing);
CREATE INDEX "outlet_order_name" ON "outlet" (deleted, "name", id);
CREATE INDEX "outlet_identity_case_no" ON "outlet" ("case_no");
CREATE INDEX "outlet_enterprise" ON "outlet" ("enterprise");
CREATE INDEX "outlet_lon" ON "outlet" ("lon") WHERE "lon" IS NOT NULL;
CREATE INDEX "outlet_due_verified_on" ON "outlet" (deleted, "verified_on") WHERE "verified_on" IS NOT NULL;
CREATE TABLE "material_flow" ( -- 铊物料台账
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    deleted INTEGER NOT NULL,
    missing INTEGER NOT NULL, -- required fields that are empty
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    "case_no" TEXT,
    "enterprise" TEXT,
    "period" TEXT,
    "flow" TEXT,
    "material_class" TEXT,
    "material" TEXT,
    "batch" TEXT,
    "supplier" TEXT,
    "origin" TEXT,
    "quantity" INTEGER,
    "quantity_unit" TEXT,
    "basis" TEXT,
    "moisture_percent" INTEGER,
    "thallium_kg" INTEGER,
    "thallium_gap" TEXT,
    "thallium_lod_kg" INTEGER,
    "dry_quantity" INTEGER,
    "destination" TEXT,
    "receiver" TEXT,
    "receiver_name" TEXT,
    "waste_code" TEXT,
    "manifest_no" TEXT,
    "thallium_content" TEXT,
    "thallium_unit" TEXT,
    "detection_limit" TEXT,
    "method" TEXT,
    "lab" TEXT,
    "cma" INTEGER,
    "report_no" TEXT,
    "sampled_on" TEXT,
    "reported_on" TEXT,
    "arsenic_content" TEXT,
    "cadmium_content" TEXT,
    "mercury_content" TEXT,
    "antimony_content" TEXT,
    "lead_content" TEXT,
    "note" TEXT,
    "attachment" TEXT
) STRICT;
CREATE INDEX "material_flow_state" ON "material_flow" (deleted, missing);
CREATE INDEX "material_flow_order_period" ON "material_flow" (deleted, "period", id);
CREATE INDEX "material_flow_identity_case_no" ON "material_flow" ("case_no");
CREATE INDEX "material_flow_sums_enterprise_period_flow_material_class_thallium_gap_quantity_unit_quantity_dry_quantity_sampled_on_thallium_kg_thallium_lod_kg" ON "material_flow" (deleted, "enterprise", "period", "flow", "material_class", "thallium_gap", "quantity_unit", "quantity", "dry_quantity", "sampled_on", "thallium_kg", "thallium_lod_kg");
CREATE INDEX "material_flow_enterprise" ON "material_flow" ("enterprise");
CREATE INDEX "material_flow_receiver" ON "material_flow" ("receiver");
CREATE TABLE "sample" ( -- 监测结果
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    deleted INTEGER NOT NULL,
    missing INTEGER NOT NULL, -- required fields that are empty
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    "case_no" TEXT,
    "outlet" TEXT,
    "point_type" TEXT,
    "point_name" TEXT,
    "medium" TEXT,
    "sampled_on" TEXT,
    "sample_no" TEXT,
    "source" TEXT,
    "inspection" TEXT,
    "enterprise" TEXT,
    "site" TEXT,
    "cadmium_source" TEXT,
    "tailings_pond" TEXT,
    "manganese_mine" TEXT,
    "slag_yard" TEXT,
    "park" TEXT,
    "object_name" TEXT,
    "factor" TEXT,
    "value" TEXT,
    "unit" TEXT,
    "detection_limit" TEXT,
    "method" TEXT,
    "lab" TEXT,
    "cma" INTEGER,
    "report_no" TEXT,
    "reported_on" TEXT,
    "land_use" TEXT,
    "soil_ph" INTEGER,
    "verdict" TEXT,
    "verdict_limit" TEXT,
    "verdict_standard" TEXT,
    "verdict_times" INTEGER,
    "verdict_reason" TEXT,
    "note" TEXT,
    "attachment" TEXT
) STRICT;
CREATE INDEX "sample_state" ON "sample" (deleted, missing);
CREATE INDEX "sample_order_sampled_on" ON "sample" (deleted, "sampled_on", id);
CREATE INDEX "sample_identity_case_no" ON "sample" ("case_no");
CREATE INDEX "sample_identity_sample_no_sampled_on_factor" ON "sample" ("sample_no", "sampled_on", "factor");
CREATE INDEX "sample_identity_object_name_point_name_sampled_on_factor" ON "sample" ("object_name", "point_name", "sampled_on", "factor");
CREATE INDEX "sample_outlet" ON "sample" ("outlet");
CREATE INDEX "sample_inspection" ON "sample" ("inspection");
CREATE INDEX "sample_enterprise" ON "sample" ("enterprise");
CREATE INDEX "sample_site" ON "sample" ("site");
CREATE INDEX "sample_cadmium_source" ON "sample" ("cadmium_source");
CREATE INDEX "sample_tailings_pond" ON "sample" ("tailings_pond");
CREATE INDEX "sample_manganese_mine" ON "sample" ("manganese_mine");
CREATE INDEX "sample_slag_yard" ON "sample" ("slag_yard");
CREATE INDEX "sample_park" ON "sample" ("park");
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
    "origin" TEXT,
    "inspection" TEXT,
    "found_on" TEXT,
    "found_by_unit" TEXT,
    "found_by" TEXT,
    "category" TEXT,
    "description" TEXT,
    "metals" TEXT,
    "risk_level" TEXT,
    "enterprise" TEXT,
    "site" TEXT,
    "cadmium_source" TEXT,
    "tailings_pond" TEXT,
    "manganese_mine" TEXT,
    "slag_yard" TEXT,
    "park" TEXT,
    "object_name" TEXT,
    "fix_at_once" INTEGER,
    "measures" TEXT,
    "goal" TEXT,
    "responsible_unit" TEXT,
    "responsible_person" TEXT,
    "supervising_unit" TEXT,
    "supervisor" TEXT,
    "technical_support" TEXT,
    "due_on" TEXT,
    "planned_on" TEXT,
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
    "review_result" TEXT,
    "review_opinion" TEXT,
    "notice_from_on" TEXT,
    "notice_to_on" TEXT,
    "notice_objection" INTEGER,
    "closed_on" TEXT,
    "closure_no" TEXT,
    "lookback_on" TEXT,
    "rebound" INTEGER,
    "former_problem" TEXT,
    "extension_count" INTEGER,
    "extension_approval" TEXT,
    "extension_approved_on" TEXT,
    "original_due_on" TEXT,
    "returned_on" TEXT,
    "return_reason" TEXT,
    "return_count" INTEGER,
    "returned_photo" TEXT,
    "former_responsible" TEXT,
    "suspended_on" TEXT,
    "suspended_until_on" TEXT,
    "suspend_reason" TEXT,
    "suspend_approval" TEXT,
    "suspended_state" TEXT,
    "campaigns" TEXT,
    "note" TEXT,
    "attachment" TEXT
) STRICT;
CREATE INDEX "problem_state" ON "problem" (deleted, missing);
CREATE INDEX "problem_order_due_on" ON "problem" (deleted, "due_on", id);
CREATE INDEX "problem_identity_case_no" ON "problem" ("case_no");
CREATE INDEX "problem_identity_region_description_found_on" ON "problem" ("region", "description", "found_on");
CREATE INDEX "problem_identity_region_description" ON "problem" ("region", "description");
CREATE INDEX "problem_inspection" ON "problem" ("inspection");
CREATE INDEX "problem_enterprise" ON "problem" ("enterprise");
CREATE INDEX "problem_site" ON "problem" ("site");
CREATE INDEX "problem_cadmium_source" ON "problem" ("cadmium_source");
CREATE INDEX "problem_tailings_pond" ON "problem" ("tailings_pond");
CREATE INDEX "problem_manganese_mine" ON "problem" ("manganese_mine");
CREATE INDEX "problem_slag_yard" ON "problem" ("slag_yard");
CREATE INDEX "problem_park" ON "problem" ("park");
CREATE INDEX "problem_object_name" ON "problem" ("object_name") WHERE "object_name" IS NOT NULL;
CREATE INDEX "problem_former_problem" ON "problem" ("former_problem");
CREATE INDEX "problem_due_due_on" ON "problem" (deleted, "due_on", "state") WHERE "due_on" IS NOT NULL;
CREATE INDEX "problem_due_suspended_on" ON "problem" (deleted, "suspended_on") WHERE "suspended_on" IS NOT NULL;
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
    "fall_reason" TEXT,
    "reported_by" TEXT
) STRICT;
CREATE INDEX "progress_state" ON "progress" (deleted, missing);
CREATE INDEX "progress_order_reported_on" ON "progress" (deleted, "reported_on", id);
CREATE INDEX "progress_problem" ON "progress" ("problem");
CREATE TABLE "inspection" ( -- 现场检查
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    deleted INTEGER NOT NULL,
    missing INTEGER NOT NULL, -- required fields that are empty
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    "case_no" TEXT,
    "region" TEXT,
    "town" TEXT,
    "checklist" TEXT,
    "inspected_on" TEXT,
    "kind" TEXT,
    "inspectors" TEXT,
    "certificate_nos" TEXT,
    "accompanied_by" TEXT,
    "weather" TEXT,
    "enterprise" TEXT,
    "site" TEXT,
    "cadmium_source" TEXT,
    "tailings_pond" TEXT,
    "manganese_mine" TEXT,
    "slag_yard" TEXT,
    "park" TEXT,
    "object_name" TEXT,
    "draw_batch" TEXT,
    "draw_quarter" TEXT,
    "draw_class" TEXT,
    "draw_seed" TEXT,
    "drawn_on" TEXT,
    "drawn_by" TEXT,
    "published" INTEGER,
    "summary" TEXT,
    "conclusion" TEXT,
    "previous_inspection" TEXT,
    "signed_on" TEXT,
    "campaigns" TEXT,
    "note" TEXT,
    "attachment" TEXT
) STRICT;
CREATE INDEX "inspection_state" ON "inspection" (deleted, missing);
CREATE INDEX "inspection_order_inspected_on" ON "inspection" (deleted, "inspected_on", id);
CREATE INDEX "inspection_identity_case_no" ON "inspection" ("case_no");
CREATE INDEX "inspection_identity_object_name_inspected_on_checklist" ON "inspection" ("object_name", "inspected_on", "checklist");
CREATE INDEX "inspection_enterprise" ON "inspection" ("enterprise");
CREATE INDEX "inspection_site" ON "inspection" ("site");
CREATE INDEX "inspection_cadmium_source" ON "inspection" ("cadmium_source");
CREATE INDEX "inspection_tailings_pond" ON "inspection" ("tailings_pond");
CREATE INDEX "inspection_manganese_mine" ON "inspection" ("manganese_mine");
CREATE INDEX "inspection_slag_yard" ON "inspection" ("slag_yard");
CREATE INDEX "inspection_park" ON "inspection" ("park");
CREATE INDEX "inspection_previous_inspection" ON "inspection" ("previous_inspection");
CREATE TABLE "inspection_item" ( -- 检查表项
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    deleted INTEGER NOT NULL,
    missing INTEGER NOT NULL, -- required fields that are empty
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    "inspection" TEXT,
    "number" INTEGER,
    "category" TEXT,
    "content" TEXT,
    "criterion" TEXT,
    "answer" TEXT,
    "photo_numbers" TEXT,
    "problem_text" TEXT,
    "note" TEXT,
    "problem" TEXT
) STRICT;
CREATE INDEX "inspection_item_state" ON "inspection_item" (deleted, missing);
CREATE INDEX "inspection_item_order_number" ON "inspection_item" (deleted, "number", id);
CREATE INDEX "inspection_item_inspection" ON "inspection_item" ("inspection");
CREATE INDEX "inspection_item_problem" ON "inspection_item" ("problem");
CREATE TABLE "attachment" ( -- 附件
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    deleted INTEGER NOT NULL,
    missing INTEGER NOT NULL, -- required fields that are empty
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    "case_no" TEXT,
    "file" TEXT,
    "file_name" TEXT,
    "bytes" INTEGER,
    "kind" TEXT,
    "title" TEXT,
    "taken_on" TEXT,
    "photo_no" TEXT,
    "taken_by" TEXT,
    "enterprise" TEXT,
    "site" TEXT,
    "cadmium_source" TEXT,
    "tailings_pond" TEXT,
    "manganese_mine" TEXT,
    "slag_yard" TEXT,
    "park" TEXT,
    "problem" TEXT,
    "inspection" TEXT,
    "sample" TEXT,
    "reduction_project" TEXT,
    "construction_project" TEXT,
    "quota_transfer" TEXT,
    "filing" TEXT
) STRICT;
CREATE INDEX "attachment_state" ON "attachment" (deleted, missing);
CREATE INDEX "attachment_order_taken_on" ON "attachment" (deleted, "taken_on", id);
CREATE INDEX "attachment_identity_case_no" ON "attachment" ("case_no");
CREATE INDEX "attachment_enterprise" ON "attachment" ("enterprise");
CREATE INDEX "attachment_site" ON "attachment" ("site");
CREATE INDEX "attachment_cadmium_source" ON "attachment" ("cadmium_source");
CREATE INDEX "attachment_tailings_pond" ON "attachment" ("tailings_pond");
CREATE INDEX "attachment_manganese_mine" ON "attachment" ("manganese_mine");
CREATE INDEX "attachment_slag_yard" ON "attachment" ("slag_yard");
CREATE INDEX "attachment_park" ON "attachment" ("park");
CREATE INDEX "attachment_problem" ON "attachment" ("problem");
CREATE INDEX "attachment_inspection" ON "attachment" ("inspection");
CREATE INDEX "attachment_sample" ON "attachment" ("sample");
CREATE INDEX "attachment_reduction_project" ON "attachment" ("reduction_project");
CREATE INDEX "attachment_construction_project" ON "attachment" ("construction_project");
CREATE INDEX "attachment_quota_transfer" ON "attachment" ("quota_transfer");
CREATE INDEX "attachment_filing" ON "attachment" ("filing");
CREATE TABLE "construction_project" ( -- 建设项目总量替代
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    deleted INTEGER NOT NULL,
    missing INTEGER NOT NULL, -- required fields that are empty
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    "case_no" TEXT,
    "name" TEXT,
    "region" TEXT,
    "enterprise" TEXT,
    "owner" TEXT,
    "uscc" TEXT,
    "industry" TEXT,
    "key_industry" TEXT,
    "nature" TEXT,
    "quota_opinion_no" TEXT,
    "quota_opinion_by" TEXT,
    "quota_opinion_on" TEXT,
    "eia_no" TEXT,
    "eia_authority" TEXT,
    "eia_on" TEXT,
    "added_lead_kg" INTEGER,
    "added_mercury_kg" INTEGER,
    "added_cadmium_kg" INTEGER,
    "added_chromium_kg" INTEGER,
    "added_arsenic_kg" INTEGER,
    "added_total_kg" INTEGER,
    "ratio" INTEGER,
    "required_lead_kg" INTEGER,
    "required_mercury_kg" INTEGER,
    "required_cadmium_kg" INTEGER,
    "required_chromium_kg" INTEGER,
    "required_arsenic_kg" INTEGER,
    "required_total_kg" INTEGER,
    "exempted" INTEGER,
    "exemption_kind" TEXT,
    "legacy_waste" INTEGER,
    "waste_kinds_met" INTEGER,
    "waste_origin_met" INTEGER,
    "location_met" INTEGER,
    "process_met" INTEGER,
    "treatment_met" INTEGER,
    "source_enterprise" TEXT,
    "source_name" TEXT,
    "source_kind" TEXT,
    "source_measure" TEXT,
    "source_liable" TEXT,
    "source_due_on" TEXT,
    "source_lead_kg" INTEGER,
    "source_mercury_kg" INTEGER,
    "source_cadmium_kg" INTEGER,
    "source_chromium_kg" INTEGER,
    "source_arsenic_kg" INTEGER,
    "source_total_kg" INTEGER,
    "same_key_industry" INTEGER,
    "cross_industry_reason" TEXT,
    "in_verified_list" INTEGER,
    "cross_city" INTEGER,
    "from_city_opinion" TEXT,
    "to_city_opinion" TEXT,
    "permit_noted" INTEGER,
    "permit_noted_on" TEXT,
    "campaigns" TEXT,
    "note" TEXT,
    "attachment" TEXT
) STRICT;
CREATE INDEX "construction_project_state" ON "construction_project" (deleted, missing);
CREATE INDEX "construction_project_order_eia_on" ON "construction_project" (deleted, "eia_on", id);
CREATE INDEX "construction_project_identity_case_no" ON "construction_project" ("case_no");
CREATE INDEX "construction_project_identity_region_name" ON "construction_project" ("region", "name");
CREATE INDEX "construction_project_identity_eia_no" ON "construction_project" ("eia_no");
CREATE INDEX "construction_project_enterprise" ON "construction_project" ("enterprise");
CREATE INDEX "construction_project_source_enterprise" ON "construction_project" ("source_enterprise");
CREATE TABLE "reduction_project" ( -- 减排工程
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    deleted INTEGER NOT NULL,
    missing INTEGER NOT NULL, -- required fields that are empty
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    "case_no" TEXT,
    "name" TEXT,
    "enterprise" TEXT,
    "region" TEXT,
    "kind" TEXT,
    "measure_kind" TEXT,
    "key_line" INTEGER,
    "content" TEXT,
    "investment_10k" INTEGER,
    "planned_start_on" TEXT,
    "planned_completion_on" TEXT,
    "started_on" TEXT,
    "completed_on" TEXT,
    "evidence_kinds" TEXT,
    "permit_held" TEXT,
    "load_basis" TEXT,
    "method" TEXT,
    "report" TEXT,
    "before_lead_kg" INTEGER,
    "before_mercury_kg" INTEGER,
    "before_cadmium_kg" INTEGER,
    "before_chromium_kg" INTEGER,
    "before_arsenic_kg" INTEGER,
    "before_total_kg" INTEGER,
    "after_lead_kg" INTEGER,
    "after_mercury_kg" INTEGER,
    "after_cadmium_kg" INTEGER,
    "after_chromium_kg" INTEGER,
    "after_arsenic_kg" INTEGER,
    "after_total_kg" INTEGER,
    "cut_lead_kg" INTEGER,
    "cut_mercury_kg" INTEGER,
    "cut_cadmium_kg" INTEGER,
    "cut_chromium_kg" INTEGER,
    "cut_arsenic_kg" INTEGER,
    "cut_total_kg" INTEGER,
    "confirmed_on" TEXT,
    "confirmed_by" TEXT,
    "credit_on" TEXT,
    "ledger_on" TEXT,
    "permit_change_due_on" TEXT,
    "permit_change_applied_on" TEXT,
    "permit_changed_on" TEXT,
    "permit_states" TEXT,
    "campaigns" TEXT,
    "note" TEXT,
    "attachment" TEXT
) STRICT;
CREATE INDEX "reduction_project_state" ON "reduction_project" (deleted, missing);
CREATE INDEX "reduction_project_order_completed_on" ON "reduction_project" (deleted, "completed_on", id);
CREATE INDEX "reduction_project_identity_case_no" ON "reduction_project" ("case_no");
CREATE INDEX "reduction_project_enterprise" ON "reduction_project" ("enterprise");
CREATE INDEX "reduction_project_due_permit_change_due_on" ON "reduction_project" (deleted, "permit_change_due_on", "permit_change_applied_on") WHERE "permit_change_due_on" IS NOT NULL;
CREATE TABLE "emission_stream" ( -- 核算源强
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    deleted INTEGER NOT NULL,
    missing INTEGER NOT NULL, -- required fields that are empty
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    "project" TEXT,
    "stage" TEXT,
    "source" TEXT,
    "medium" TEXT,
    "metal" TEXT,
    "water_m3" INTEGER,
    "water_concentration" TEXT,
    "gas_flow_m3h" INTEGER,
    "gas_hours" INTEGER,
    "gas_concentration" TEXT,
    "load_kg" INTEGER
) STRICT;
CREATE INDEX "emission_stream_state" ON "emission_stream" (deleted, missing);
CREATE INDEX "emission_stream_order_stage" ON "emission_stream" (deleted, "stage", id);
CREATE INDEX "emission_stream_project" ON "emission_stream" ("project");
CREATE TABLE "quota_transfer" ( -- 指标来源与转让
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    deleted INTEGER NOT NULL,
    missing INTEGER NOT NULL, -- required fields that are empty
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    "case_no" TEXT,
    "transferred_on" TEXT,
    "source" TEXT,
    "project" TEXT,
    "from_enterprise" TEXT,
    "from_name" TEXT,
    "from_uscc" TEXT,
    "from_city" TEXT,
    "to_enterprise" TEXT,
    "to_name" TEXT,
    "to_uscc" TEXT,
    "to_city" TEXT,
    "transferred_lead_kg" INTEGER,
    "transferred_mercury_kg" INTEGER,
    "transferred_cadmium_kg" INTEGER,
    "transferred_chromium_kg" INTEGER,
    "transferred_arsenic_kg" INTEGER,
    "transferred_total_kg" INTEGER,
    "from_city_opinion" TEXT,
    "to_city_opinion" TEXT,
    "province_opinion_no" TEXT,
    "province_opinion_on" TEXT,
    "unlicensed" INTEGER,
    "permit_change_due_on" TEXT,
    "permit_change_applied_on" TEXT,
    "permit_noted_on" TEXT,
    "recorded_on" TEXT,
    "filed_on" TEXT,
    "rebase_period" TEXT,
    "rebase_due_on" TEXT,
    "voided" INTEGER,
    "voided_on" TEXT,
    "void_reason" TEXT,
    "note" TEXT,
    "attachment" TEXT
) STRICT;
CREATE INDEX "quota_transfer_state" ON "quota_transfer" (deleted, missing);
CREATE INDEX "quota_transfer_order_transferred_on" ON "quota_transfer" (deleted, "transferred_on", id);
CREATE INDEX "quota_transfer_identity_case_no" ON "quota_transfer" ("case_no");
CREATE INDEX "quota_transfer_identity_from_name_project_transferred_on" ON "quota_transfer" ("from_name", "project", "transferred_on");
CREATE INDEX "quota_transfer_sums_source_transferred_on_voided_voided_on_transferred_lead_kg_transferred_mercury_kg_transferred_cadmium_kg_transferred_chromium_kg_transferred_arsenic_kg_transferred_total_kg" ON "quota_transfer" (deleted, "source", "transferred_on", "voided", "voided_on", "transferred_lead_kg", "transferred_mercury_kg", "transferred_cadmium_kg", "transferred_chromium_kg", "transferred_arsenic_kg", "transferred_total_kg");
CREATE INDEX "quota_transfer_source" ON "quota_transfer" ("source");
CREATE INDEX "quota_transfer_project" ON "quota_transfer" ("project");
CREATE INDEX "quota_transfer_from_enterprise" ON "quota_transfer" ("from_enterprise");
CREATE INDEX "quota_transfer_to_enterprise" ON "quota_transfer" ("to_enterprise");
CREATE INDEX "quota_transfer_due_permit_change_due_on" ON "quota_transfer" (deleted, "permit_change_due_on", "voided", "permit_change_applied_on") WHERE "permit_change_due_on" IS NOT NULL;
CREATE INDEX "quota_transfer_due_rebase_due_on" ON "quota_transfer" (deleted, "rebase_due_on", "voided", "rebase_period") WHERE "rebase_due_on" IS NOT NULL;
CREATE TABLE "task" ( -- 任务分工
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    deleted INTEGER NOT NULL,
    missing INTEGER NOT NULL, -- required fields that are empty
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    "case_no" TEXT,
    "article" TEXT,
    "paragraph" TEXT,
    "item" TEXT,
    "measure" TEXT,
    "lead" TEXT,
    "participants" TEXT,
    "deadline" TEXT,
    "due_on" TEXT,
    "campaign" TEXT,
    "obligation" TEXT,
    "period" TEXT,
    "state" TEXT,
    "done_on" TEXT,
    "evidence" TEXT,
    "drop_reason" TEXT,
    "note" TEXT,
    "attachment" TEXT
) STRICT;
CREATE INDEX "task_state" ON "task" (deleted, missing);
CREATE INDEX "task_order_due_on" ON "task" (deleted, "due_on", id);
CREATE INDEX "task_identity_case_no" ON "task" ("case_no");
CREATE INDEX "task_identity_measure_period" ON "task" ("measure", "period");
CREATE INDEX "task_identity_measure" ON "task" ("measure");
CREATE INDEX "task_campaign" ON "task" ("campaign");
CREATE INDEX "task_obligation" ON "task" ("obligation");
CREATE INDEX "task_due_due_on" ON "task" (deleted, "due_on", "state") WHERE "due_on" IS NOT NULL;
CREATE TABLE "filing" ( -- 报送记录
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    deleted INTEGER NOT NULL,
    missing INTEGER NOT NULL, -- required fields that are empty
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    "case_no" TEXT,
    "kind" TEXT,
    "period" TEXT,
    "campaign" TEXT,
    "obligation" TEXT,
    "due_on" TEXT,
    "filed_on" TEXT,
    "filed_by" TEXT,
    "recipient" TEXT,
    "receipt_no" TEXT,
    "report" TEXT,
    "file_name" TEXT,
    "file_sha256" TEXT,
    "cutoff_on" TEXT,
    "estimated" INTEGER,
    "former_count" INTEGER,
    "entered_count" INTEGER,
    "removed_count" INTEGER,
    "current_count" INTEGER,
    "row_counts" TEXT,
    "figures" TEXT,
    "revises" TEXT,
    "revision_note" TEXT,
    "note" TEXT,
    "attachment" TEXT
) STRICT;
CREATE INDEX "filing_state" ON "filing" (deleted, missing);
CREATE INDEX "filing_order_filed_on" ON "filing" (deleted, "filed_on", id);
CREATE INDEX "filing_identity_case_no" ON "filing" ("case_no");
CREATE INDEX "filing_identity_kind_period_filed_on_recipient" ON "filing" ("kind", "period", "filed_on", "recipient");
CREATE INDEX "filing_campaign" ON "filing" ("campaign");
CREATE INDEX "filing_obligation" ON "filing" ("obligation");
CREATE INDEX "filing_revises" ON "filing" ("revises");
CREATE INDEX "filing_due_due_on" ON "filing" (deleted, "due_on", "filed_on") WHERE "due_on" IS NOT NULL;
CREATE TABLE "acceptance" ( -- 已接受的警告
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    deleted INTEGER NOT NULL,
    missing INTEGER NOT NULL, -- required fields that are empty
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    "reg_name" TEXT,
    "record" TEXT,
    "rule" TEXT,
    "field_name" TEXT,
    "value" TEXT,
    "message" TEXT,
    "reason" TEXT,
    "accepted_on" TEXT,
    "accepted_by" TEXT
) STRICT;
CREATE INDEX "acceptance_state" ON "acceptance" (deleted, missing);
CREATE INDEX "acceptance_order_accepted_on" ON "acceptance" (deleted, "accepted_on", id);
CREATE INDEX "acceptance_identity_reg_name_record_rule_field_name" ON "acceptance" ("reg_name", "record", "rule", "field_name");
CREATE TABLE "campaign" ( -- 政策包与专项
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    deleted INTEGER NOT NULL,
    missing INTEGER NOT NULL, -- required fields that are empty
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    "code" TEXT,
    "name" TEXT,
    "document" TEXT,
    "issuer" TEXT,
    "issued_on" TEXT,
    "from_year" INTEGER,
    "to_year" INTEGER,
    "note" TEXT,
    "base_year" INTEGER,
    "metals" TEXT,
    "total_metals" TEXT,
    "key_industries" TEXT,
    "industry_note" TEXT,
    "scope" TEXT,
    "lon_from" INTEGER,
    "lon_to" INTEGER,
    "lat_from" INTEGER,
    "lat_to" INTEGER,
    "approval_authority" TEXT,
    "permit_change" TEXT
) STRICT;
CREATE INDEX "campaign_state" ON "campaign" (deleted, missing);
CREATE INDEX "campaign_order_code" ON "campaign" (deleted, "code", id);
CREATE INDEX "campaign_identity_code" ON "campaign" ("code");
CREATE INDEX "campaign_identity_name" ON "campaign" ("name");
CREATE TABLE "target" ( -- 减排目标
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    deleted INTEGER NOT NULL,
    missing INTEGER NOT NULL, -- required fields that are empty
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    "campaign" TEXT,
    "region" TEXT,
    "metal" TEXT,
    "year" INTEGER,
    "base_year" INTEGER,
    "kind" TEXT,
    "percent" INTEGER,
    "cumulative" TEXT,
    "base_kg" INTEGER,
    "cut_kg" INTEGER,
    "target_kg" INTEGER,
    "enterprise_count" INTEGER,
    "passage" TEXT,
    "note" TEXT
) STRICT;
CREATE INDEX "target_state" ON "target" (deleted, missing);
CREATE INDEX "target_order_region" ON "target" (deleted, "region", id);
CREATE INDEX "target_campaign" ON "target" ("campaign");
CREATE TABLE "key_region" ( -- 重点区域
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    deleted INTEGER NOT NULL,
    missing INTEGER NOT NULL, -- required fields that are empty
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    "campaign" TEXT,
    "region" TEXT,
    "town" TEXT,
    "entry" TEXT,
    "ratio" INTEGER,
    "metals" TEXT,
    "passage" TEXT,
    "other_ratio" INTEGER,
    "other_passage" TEXT,
    "note" TEXT
) STRICT;
CREATE INDEX "key_region_state" ON "key_region" (deleted, missing);
CREATE INDEX "key_region_order_region" ON "key_region" (deleted, "region", id);
CREATE INDEX "key_region_campaign" ON "key_region" ("campaign");
CREATE TABLE "obligation" ( -- 法定任务
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    deleted INTEGER NOT NULL,
    missing INTEGER NOT NULL, -- required fields that are empty
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    "code" TEXT,
    "campaign" TEXT,
    "what" TEXT,
    "who" TEXT,
    "scope" TEXT,
    "evidence" TEXT,
    "passage" TEXT,
    "reg_name" TEXT,
    "note" TEXT,
    "due_kind" TEXT,
    "due_on" TEXT,
    "due_day" TEXT,
    "event" TEXT,
    "due_days" INTEGER,
    "day_kind" TEXT,
    "roll" TEXT,
    "assumed" INTEGER,
    "from_on" TEXT,
    "until_on" TEXT,
    "periodicity" TEXT,
    "other_due_on" TEXT,
    "other_passage" TEXT
) STRICT;
CREATE INDEX "obligation_state" ON "obligation" (deleted, missing);
CREATE INDEX "obligation_order_code" ON "obligation" (deleted, "code", id);
CREATE INDEX "obligation_identity_code" ON "obligation" ("code");
CREATE INDEX "obligation_campaign" ON "obligation" ("campaign");
CREATE TABLE "parameter" ( -- 参数
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    deleted INTEGER NOT NULL,
    missing INTEGER NOT NULL, -- required fields that are empty
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    "campaign" TEXT,
    "code" TEXT,
    "label" TEXT,
    "value" TEXT,
    "unit" TEXT,
    "basis" TEXT,
    "note" TEXT
) STRICT;
CREATE INDEX "parameter_state" ON "parameter" (deleted, missing);
CREATE INDEX "parameter_order_code" ON "parameter" (deleted, "code", id);
CREATE INDEX "parameter_identity_code" ON "parameter" ("code");
CREATE INDEX "parameter_campaign" ON "parameter" ("campaign");
CREATE TABLE "limit" ( -- 限值标准
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    deleted INTEGER NOT NULL,
    missing INTEGER NOT NULL, -- required fields that are empty
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    "standard" TEXT,
    "edition" TEXT,
    "applies_to" TEXT,
    "region" TEXT,
    "factor" TEXT,
    "category" TEXT,
    "grade" TEXT,
    "land_use" TEXT,
    "ph_above" INTEGER,
    "ph_upto" INTEGER,
    "value" INTEGER,
    "unit" TEXT,
    "point" TEXT,
    "from_on" TEXT,
    "to_on" TEXT,
    "source" TEXT,
    "state" TEXT,
    "checked_by" TEXT,
    "checked_on" TEXT,
    "note" TEXT
) STRICT;
CREATE INDEX "limit_state" ON "limit" (deleted, missing);
CREATE INDEX "limit_order_standard" ON "limit" (deleted, "standard", id);
CREATE INDEX "limit_identity_standard_edition_applies_to_region_factor_category_grade_land_use_ph_above_point" ON "limit" ("standard", "edition", "applies_to", "region", "factor", "category", "grade", "land_use", "ph_above", "point");
CREATE TABLE "checklist" ( -- 检查表条目
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    deleted INTEGER NOT NULL,
    missing INTEGER NOT NULL, -- required fields that are empty
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    "list" TEXT,
    "number" INTEGER,
    "category" TEXT,
    "content" TEXT,
    "criterion" TEXT,
    "evidence" TEXT,
    "passage" TEXT,
    "problem_category" TEXT,
    "statement" TEXT,
    "measure" TEXT
) STRICT;
CREATE INDEX "checklist_state" ON "checklist" (deleted, missing);
CREATE INDEX "checklist_order_number" ON "checklist" (deleted, "number", id);
CREATE INDEX "checklist_identity_list_number" ON "checklist" ("list", "number");
CREATE TABLE "holiday" ( -- 节假日
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    deleted INTEGER NOT NULL,
    missing INTEGER NOT NULL, -- required fields that are empty
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    "day_on" TEXT,
    "kind" TEXT,
    "name" TEXT,
    "basis" TEXT
) STRICT;
CREATE INDEX "holiday_state" ON "holiday" (deleted, missing);
CREATE INDEX "holiday_order_day_on" ON "holiday" (deleted, "day_on", id);
CREATE INDEX "holiday_identity_day_on" ON "holiday" ("day_on");
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
