-- The sums of the yearly report, as somebody writes them who wants nothing but these sums.

-- The whole: projects, payments, inspections, plan, results.
SELECT
    sum(lead) FILTER (WHERE event = 'submitted' AND year = 2025),
    sum(lead) FILTER (WHERE event = 'submitted' AND year = 2024),
    sum(lead) FILTER (WHERE event = 'approved' AND year = 2025),
    sum(lead) FILTER (WHERE event = 'approved' AND year = 2024),
    sum(lead) FILTER (WHERE event = 'planned' AND year = 2025),
    sum(lead) FILTER (WHERE event = 'planned' AND year = 2024),
    sum(lead) FILTER (WHERE event = 'contracted' AND year = 2025),
    sum(lead) FILTER (WHERE event = 'contracted' AND year = 2024),
    sum(lead) FILTER (WHERE event = 'accepted' AND year = 2025),
    sum(lead) FILTER (WHERE event = 'accepted' AND year = 2024),
    sum(lead) FILTER (WHERE event = 'settled' AND year = 2025),
    sum(lead) FILTER (WHERE event = 'settled' AND year = 2024),
    sum(lead) FILTER (WHERE event = 'terminated' AND year = 2025),
    sum(lead) FILTER (WHERE event = 'terminated' AND year = 2024),
    sum(support) FILTER (WHERE event = 'approved' AND year = 2025),
    sum(support) FILTER (WHERE event = 'approved' AND year = 2024),
    sum(support) FILTER (WHERE event = 'contracted' AND year = 2025),
    sum(support) FILTER (WHERE event = 'contracted' AND year = 2024),
    sum(support) FILTER (WHERE event = 'accepted' AND year = 2025),
    sum(support) FILTER (WHERE event = 'accepted' AND year = 2024),
    sum(support) FILTER (WHERE event = 'settled' AND year = 2025),
    sum(support) FILTER (WHERE event = 'settled' AND year = 2024),
    sum(counterpart) FILTER (WHERE event = 'accepted' AND year = 2025),
    sum(counterpart) FILTER (WHERE event = 'accepted' AND year = 2024),
    sum(blended) FILTER (WHERE event = 'accepted' AND year = 2025),
    sum(blended) FILTER (WHERE event = 'accepted' AND year = 2024),
    sum(investment) FILTER (WHERE event = 'accepted' AND year = 2025),
    sum(investment) FILTER (WHERE event = 'accepted' AND year = 2024),
    sum(jobs) FILTER (WHERE event = 'accepted' AND year = 2025),
    sum(jobs) FILTER (WHERE event = 'accepted' AND year = 2024),
    sum(support) FILTER (WHERE event = 'accepted' AND year = 2025 AND fund = 'national'),
    sum(support) FILTER (WHERE event = 'accepted' AND year = 2025 AND fund = 'local'),
    count(DISTINCT establishment) FILTER (WHERE event = 'accepted' AND year = 2025),
    count(DISTINCT establishment) FILTER (WHERE event = 'accepted' AND year = 2024)
FROM milestones WHERE year IN (2025, 2024);
SELECT
    sum(amount) FILTER (WHERE year = 2025),
    sum(amount) FILTER (WHERE year = 2025 AND fund = 'national'),
    sum(amount) FILTER (WHERE year = 2025 AND fund = 'local'),
    sum(amount) FILTER (WHERE year = 2024),
    sum(amount) FILTER (WHERE year = 2024 AND fund = 'national'),
    sum(amount) FILTER (WHERE year = 2024 AND fund = 'local'),
    sum(recovered) FILTER (WHERE year = 2025),
    sum(recovered) FILTER (WHERE year = 2024)
FROM payments WHERE year IN (2025, 2024);
SELECT
    sum(lead) FILTER (WHERE year = 2025),
    sum(findings) FILTER (WHERE year = 2025)
FROM visits;
SELECT
    sum(amount) FILTER (WHERE year = 2025),
    sum(amount) FILTER (WHERE year = 2025 AND fund = 'national'),
    sum(amount) FILTER (WHERE year = 2025 AND fund = 'local')
FROM plan WHERE year IN (2025);
SELECT
    sum(workers) FILTER (WHERE year = 2025),
    sum(workers) FILTER (WHERE year = 2024),
    sum(women) FILTER (WHERE year = 2025),
    sum(women) FILTER (WHERE year = 2024),
    sum(ethnic_minority) FILTER (WHERE year = 2025),
    sum(ethnic_minority) FILTER (WHERE year = 2024),
    sum(revenue) FILTER (WHERE year = 2025),
    sum(revenue) FILTER (WHERE year = 2024),
    sum(output_value) FILTER (WHERE year = 2025),
    sum(output_value) FILTER (WHERE year = 2024),
    sum(value_added) FILTER (WHERE year = 2025),
    sum(value_added) FILTER (WHERE year = 2024),
    sum(tax_paid) FILTER (WHERE year = 2025),
    sum(tax_paid) FILTER (WHERE year = 2024),
    sum(export_value) FILTER (WHERE year = 2025),
    sum(export_value) FILTER (WHERE year = 2024),
    sum(profit) FILTER (WHERE year = 2025),
    sum(profit) FILTER (WHERE year = 2024),
    sum(investment) FILTER (WHERE year = 2025),
    sum(investment) FILTER (WHERE year = 2024),
    count(DISTINCT establishment) FILTER (WHERE year = 2025),
    count(DISTINCT establishment) FILTER (WHERE year = 2024),
    sum(workers) FILTER (WHERE supported AND year = 2025),
    sum(workers) FILTER (WHERE supported AND year = 2024),
    sum(revenue) FILTER (WHERE supported AND year = 2025),
    sum(revenue) FILTER (WHERE supported AND year = 2024),
    sum(tax_paid) FILTER (WHERE supported AND year = 2025),
    sum(tax_paid) FILTER (WHERE supported AND year = 2024),
    count(DISTINCT establishment) FILTER (WHERE supported AND year = 2025),
    count(DISTINCT establishment) FILTER (WHERE supported AND year = 2024)
FROM results WHERE year IN (2025, 2024);

-- By fund.
SELECT
    fund,
    sum(support) FILTER (WHERE event = 'approved' AND year = 2025),
    sum(support) FILTER (WHERE event = 'contracted' AND year = 2025),
    sum(support) FILTER (WHERE event = 'accepted' AND year = 2025),
    sum(support) FILTER (WHERE event = 'settled' AND year = 2025)
FROM milestones WHERE year IN (2025) GROUP BY fund;
SELECT
    fund,
    sum(amount) FILTER (WHERE year = 2025)
FROM payments WHERE year IN (2025) GROUP BY fund;
SELECT
    fund,
    sum(amount) FILTER (WHERE year = 2025)
FROM plan WHERE year IN (2025) GROUP BY fund;

-- By content, by group of industries.
SELECT
    content,
    sum(lead) FILTER (WHERE event = 'approved' AND year = 2025),
    sum(lead) FILTER (WHERE event = 'accepted' AND year = 2025),
    sum(counterpart) FILTER (WHERE event = 'accepted' AND year = 2025),
    sum(blended) FILTER (WHERE event = 'accepted' AND year = 2025),
    sum(investment) FILTER (WHERE event = 'accepted' AND year = 2025),
    sum(support) FILTER (WHERE event = 'accepted' AND year = 2025 AND fund = 'national'),
    sum(support) FILTER (WHERE event = 'accepted' AND year = 2025 AND fund = 'local'),
    count(DISTINCT establishment) FILTER (WHERE event = 'accepted' AND year = 2025)
FROM milestones WHERE year IN (2025) GROUP BY content;
SELECT
    "group",
    sum(lead) FILTER (WHERE event = 'accepted' AND year = 2025),
    sum(support) FILTER (WHERE event = 'accepted' AND year = 2025),
    sum(investment) FILTER (WHERE event = 'accepted' AND year = 2025),
    count(DISTINCT establishment) FILTER (WHERE event = 'accepted' AND year = 2025)
FROM milestones WHERE year IN (2025) GROUP BY "group";

-- By province: these three are compared with the forms, cell by cell.
SELECT
    province,
    sum(lead) FILTER (WHERE event = 'approved' AND year = 2025),
    sum(lead) FILTER (WHERE event = 'accepted' AND year = 2025),
    sum(support) FILTER (WHERE event = 'accepted' AND year = 2025),
    sum(investment) FILTER (WHERE event = 'accepted' AND year = 2025),
    count(DISTINCT establishment) FILTER (WHERE event = 'accepted' AND year = 2025)
FROM milestones WHERE year IN (2025) GROUP BY province;
SELECT
    province,
    sum(amount) FILTER (WHERE year = 2025)
FROM payments WHERE year IN (2025) GROUP BY province;
SELECT
    province,
    sum(workers) FILTER (WHERE year = 2025),
    sum(revenue) FILTER (WHERE year = 2025),
    count(DISTINCT establishment) FILTER (WHERE year = 2025)
FROM results WHERE year IN (2025) GROUP BY province;
