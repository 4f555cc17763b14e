-- When a campaign's document last changed: feeds and calendars say it, so that readers look again.
ALTER TABLE site.campaign ADD COLUMN changed timestamptz NOT NULL DEFAULT now();
