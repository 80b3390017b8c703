"""Reports: findings and tables as text for people and for machines."""
