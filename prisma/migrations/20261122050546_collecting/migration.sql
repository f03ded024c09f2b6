-- CreateEnum
CREATE TYPE "SegmentState" AS ENUM ('PROCESSING', 'READING', 'READY', 'DELETED', 'STATIC');

-- CreateEnum
CREATE TYPE "CountState" AS ENUM ('COUNTING', 'PROCESSING', 'COUNTED', 'FAILED');

-- AlterTable
ALTER TABLE "SettingsChange" ADD COLUMN     "settledAt" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "CollectCursor" (
    "workspaceId" UUID NOT NULL,
    "orgId" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "beganAt" TIMESTAMPTZ(3) NOT NULL,
    "newestAt" TIMESTAMPTZ(3) NOT NULL,
    "newestId" TEXT,
    "readingAt" TIMESTAMPTZ(3),
    "readingId" TEXT,
    "readingFrom" TIMESTAMPTZ(3),

    CONSTRAINT "CollectCursor_pkey" PRIMARY KEY ("workspaceId","orgId","source")
);

-- CreateTable
CREATE TABLE "CollectPair" (
    "workspaceId" UUID NOT NULL,
    "orgId" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "CollectPair_pkey" PRIMARY KEY ("workspaceId","orgId","source","id")
);

-- CreateTable
CREATE TABLE "SegmentWatch" (
    "workspaceId" UUID NOT NULL,
    "listId" TEXT NOT NULL,
    "state" "SegmentState" NOT NULL,
    "version" INTEGER,
    "baselineAt" TIMESTAMPTZ(3),
    "fullReadAt" TIMESTAMPTZ(3),
    "reading" INTEGER NOT NULL DEFAULT 0,
    "readAfter" TEXT,
    "joinAfter" TEXT,
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "SegmentWatch_pkey" PRIMARY KEY ("workspaceId","listId")
);

-- CreateTable
CREATE TABLE "Membership" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "listId" TEXT NOT NULL,
    "contactId" TEXT NOT NULL,
    "addedAt" TIMESTAMPTZ(3) NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3),
    "reading" INTEGER NOT NULL,
    "isBaseline" BOOLEAN NOT NULL,
    "through" JSONB,
    "leftThrough" JSONB,

    CONSTRAINT "Membership_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DailyCheck" (
    "workspaceId" UUID NOT NULL,
    "orgId" TEXT NOT NULL,
    "checkedAt" TIMESTAMPTZ(3),
    "leadCoveredUntil" TIMESTAMPTZ(3),
    "contactCoveredUntil" TIMESTAMPTZ(3),
    "startedAt" TIMESTAMPTZ(3),
    "linksAfter" TEXT,

    CONSTRAINT "DailyCheck_pkey" PRIMARY KEY ("workspaceId","orgId")
);

-- CreateTable
CREATE TABLE "Alarm" (
    "workspaceId" UUID NOT NULL,
    "orgId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "person" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Alarm_pkey" PRIMARY KEY ("workspaceId","orgId","kind","key","person")
);

-- CreateTable
CREATE TABLE "Hold" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "orgId" TEXT NOT NULL,
    "cause" TEXT NOT NULL,
    "changeId" UUID,
    "counts" JSONB NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "confirmedAt" TIMESTAMPTZ(3),
    "confirmedById" UUID,
    "confirmedBy" TEXT,
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Hold_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SwitchCount" (
    "changeId" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "state" "CountState" NOT NULL,
    "counts" JSONB NOT NULL DEFAULT '{}',
    "countedAt" TIMESTAMPTZ(3),
    "reason" TEXT,

    CONSTRAINT "SwitchCount_pkey" PRIMARY KEY ("changeId")
);

-- CreateTable
CREATE TABLE "SwitchPerson" (
    "changeId" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "group" TEXT NOT NULL,
    "contactId" TEXT NOT NULL,
    "isLinked" BOOLEAN NOT NULL,

    CONSTRAINT "SwitchPerson_pkey" PRIMARY KEY ("changeId","group","contactId")
);

-- CreateTable
CREATE TABLE "WebhookEvent" (
    "workspaceId" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "WebhookEvent_pkey" PRIMARY KEY ("workspaceId","key")
);

-- CreateIndex
CREATE INDEX "CollectPair_workspaceId_orgId_source_at_idx" ON "CollectPair"("workspaceId", "orgId", "source", "at");

-- CreateIndex
CREATE INDEX "Membership_workspaceId_listId_contactId_idx" ON "Membership"("workspaceId", "listId", "contactId");

-- CreateIndex
CREATE INDEX "Membership_workspaceId_contactId_idx" ON "Membership"("workspaceId", "contactId");

-- CreateIndex
CREATE INDEX "Membership_workspaceId_listId_until_idx" ON "Membership"("workspaceId", "listId", "until");

-- CreateIndex
CREATE INDEX "Alarm_workspaceId_orgId_at_idx" ON "Alarm"("workspaceId", "orgId", "at");

-- CreateIndex
CREATE INDEX "Hold_workspaceId_endedAt_idx" ON "Hold"("workspaceId", "endedAt");

-- CreateIndex
CREATE INDEX "SwitchCount_workspaceId_idx" ON "SwitchCount"("workspaceId");

-- CreateIndex
CREATE INDEX "SwitchPerson_workspaceId_contactId_idx" ON "SwitchPerson"("workspaceId", "contactId");

-- CreateIndex
CREATE INDEX "WebhookEvent_at_idx" ON "WebhookEvent"("at");

-- AddForeignKey
ALTER TABLE "CollectCursor" ADD CONSTRAINT "CollectCursor_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CollectPair" ADD CONSTRAINT "CollectPair_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SegmentWatch" ADD CONSTRAINT "SegmentWatch_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Membership" ADD CONSTRAINT "Membership_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DailyCheck" ADD CONSTRAINT "DailyCheck_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Alarm" ADD CONSTRAINT "Alarm_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Hold" ADD CONSTRAINT "Hold_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SwitchCount" ADD CONSTRAINT "SwitchCount_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SwitchCount" ADD CONSTRAINT "SwitchCount_changeId_fkey" FOREIGN KEY ("changeId") REFERENCES "SettingsChange"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SwitchPerson" ADD CONSTRAINT "SwitchPerson_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SwitchPerson" ADD CONSTRAINT "SwitchPerson_changeId_fkey" FOREIGN KEY ("changeId") REFERENCES "SettingsChange"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "WebhookEvent" ADD CONSTRAINT "WebhookEvent_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A contact is in a segment once at a time.
CREATE UNIQUE INDEX "Membership_open_key" ON "Membership"("workspaceId", "listId", "contactId") WHERE "until" IS NULL;

-- Changes of before were not counted and are in force.
UPDATE "SettingsChange" SET "settledAt" = "inForceAt";
