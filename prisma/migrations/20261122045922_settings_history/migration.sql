-- AlterTable
ALTER TABLE "User" ADD COLUMN     "lastLoginAt" TIMESTAMPTZ(3),
ADD COLUMN     "superAdmin" BOOLEAN;

-- AlterTable
ALTER TABLE "SettingsVersion" ADD COLUMN     "keys" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "restoredFrom" INTEGER;

-- AlterTable
ALTER TABLE "AuditEntry" ADD COLUMN     "cause" JSONB,
ADD COLUMN     "settingsVersion" INTEGER;

-- CreateIndex
CREATE INDEX "AuditEntry_workspaceId_settingsVersion_idx" ON "AuditEntry"("workspaceId", "settingsVersion");

-- What is already there
UPDATE "SettingsVersion" SET "keys" = ARRAY["key"] WHERE "key" IS NOT NULL;
UPDATE "AuditEntry" a SET "settingsVersion" = v."version" FROM "SettingsVersion" v
  WHERE v."workspaceId" = a."workspaceId" AND v."changedAt" = a."at" AND a."action" LIKE 'settings.%';
