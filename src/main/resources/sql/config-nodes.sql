select node, number, told_at, failure from config_node where told_at > now() - interval '1 hour' order by node
