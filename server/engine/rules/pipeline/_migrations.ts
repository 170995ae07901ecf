// Commands and names that speak of database migrations.

/** Tools that change the schema of a database, and scripts with such names. Collected from the manuals of the tools. */
export const migration =
  /\b(?:alembic upgrade|flyway\b.*migrate|liquibase\b.*update|rails db:migrate|rake db:migrate|db:migrate|prisma migrate deploy|prisma db push|manage\.py migrate|artisan migrate|doctrine:migrations:migrate|ef database update|sequelize(?:-cli)? db:migrate|knex migrate:latest|typeorm migration:run|goose\b.*\bup|dbmate\b.*\b(?:up|migrate)|atlas migrate apply|migrate -path|migrate\b.*-database|sqlx migrate run|diesel migration run|drizzle-kit migrate|mix ecto\.migrate|phinx migrate|sqitch deploy|gh-ost|pt-online-schema-change|db-migrate up|(?:npm|yarn|pnpm|make|just|task)(?: run)? [\w:-]*migrat\w*)|[\w/-]*migrat\w*\.(?:sh|py|js|ts|rb|sql)\b/i;
