"""Reads of the room. Law is public: a query narrows by state (drafts are for those who draft), never by place."""
