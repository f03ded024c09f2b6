-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "Role" AS ENUM ('ADMIN', 'VIEWER');

-- CreateEnum
CREATE TYPE "Crm" AS ENUM ('HUBSPOT', 'SALESFORCE');

-- CreateEnum
CREATE TYPE "ConnectionStatus" AS ENUM ('CONNECTED', 'EXPIRED', 'DISCONNECTED');

-- CreateEnum
CREATE TYPE "MappingRule" AS ENUM ('TWO_WAY', 'PREFER_SALESFORCE', 'ALWAYS_SALESFORCE', 'DONT_SYNC');

-- CreateEnum
CREATE TYPE "MappingDirection" AS ENUM ('BOTH', 'TO_SALESFORCE', 'TO_HUBSPOT');

-- CreateEnum
CREATE TYPE "RecordObject" AS ENUM ('LEAD', 'CONTACT');

-- CreateEnum
CREATE TYPE "LinkOrigin" AS ENUM ('MATCHED', 'CREATED', 'CREATION_EXCEPTION', 'IMPORT');

-- CreateEnum
CREATE TYPE "IntentState" AS ENUM ('OPEN', 'DONE', 'FAILED');

-- CreateEnum
CREATE TYPE "RunKind" AS ENUM ('RESYNC', 'POLL', 'IMPORT', 'RETRY');

-- CreateEnum
CREATE TYPE "RunStatus" AS ENUM ('QUEUED', 'RUNNING', 'WAITING', 'STOPPING', 'STOPPED', 'DONE', 'FAILED');

-- CreateEnum
CREATE TYPE "OutcomeResult" AS ENUM ('CREATED', 'UPDATED', 'UNCHANGED', 'SKIPPED', 'FAILED');

-- CreateTable
CREATE TABLE "Workspace" (
    "id" UUID NOT NULL,
    "hubId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "timeZone" TEXT NOT NULL DEFAULT 'UTC',
    "uiDomain" TEXT NOT NULL DEFAULT 'app.hubspot.com',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "contactCount" INTEGER,
    "contactCountAt" TIMESTAMPTZ(3),

    CONSTRAINT "Workspace_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "User" (
    "id" UUID NOT NULL,
    "name" TEXT,
    "email" TEXT,
    "emailVerified" TIMESTAMPTZ(3),
    "image" TEXT,
    "role" "Role" NOT NULL DEFAULT 'VIEWER',
    "locale" TEXT,
    "hubspotUserId" TEXT,
    "workspaceId" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "User_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Account" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "providerAccountId" TEXT NOT NULL,

    CONSTRAINT "Account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Session" (
    "id" UUID NOT NULL,
    "sessionToken" TEXT NOT NULL,
    "userId" UUID NOT NULL,
    "expires" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Connection" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "crm" "Crm" NOT NULL,
    "status" "ConnectionStatus" NOT NULL,
    "accountId" TEXT NOT NULL,
    "accountName" TEXT,
    "userId" TEXT NOT NULL,
    "username" TEXT NOT NULL,
    "sandbox" BOOLEAN NOT NULL DEFAULT false,
    "loginUrl" TEXT NOT NULL,
    "apiUrl" TEXT NOT NULL,
    "scopes" TEXT[],
    "accessToken" TEXT,
    "refreshToken" TEXT,
    "accessExpiresAt" TIMESTAMPTZ(3),
    "tokenVersion" INTEGER NOT NULL DEFAULT 0,
    "refreshHolder" UUID,
    "refreshUntil" TIMESTAMPTZ(3),
    "connectedById" UUID,
    "connectedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiredAt" TIMESTAMPTZ(3),
    "disconnectedAt" TIMESTAMPTZ(3),
    "apiLimit" INTEGER,
    "apiUsed" INTEGER,
    "apiReadAt" TIMESTAMPTZ(3),

    CONSTRAINT "Connection_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "OAuthRequest" (
    "stateHash" TEXT NOT NULL,
    "workspaceId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "sessionHash" TEXT NOT NULL,
    "loginUrl" TEXT NOT NULL,
    "sandbox" BOOLEAN NOT NULL,
    "codeVerifier" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "OAuthRequest_pkey" PRIMARY KEY ("stateHash")
);

-- CreateTable
CREATE TABLE "SettingsVersion" (
    "workspaceId" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "values" JSONB NOT NULL,
    "changedById" UUID,
    "changedBy" TEXT,
    "changedAt" TIMESTAMPTZ(3) NOT NULL,
    "key" TEXT,
    "oldValue" JSONB,

    CONSTRAINT "SettingsVersion_pkey" PRIMARY KEY ("workspaceId","version")
);

-- CreateTable
CREATE TABLE "SettingsChange" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "baseVersion" INTEGER NOT NULL,
    "changedAt" TIMESTAMPTZ(3) NOT NULL,
    "inForceAt" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "SettingsChange_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Segment" (
    "workspaceId" UUID NOT NULL,
    "listId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "searchName" TEXT NOT NULL,
    "objectTypeId" TEXT NOT NULL,
    "processingType" TEXT NOT NULL,
    "processingStatus" TEXT NOT NULL,
    "size" INTEGER,
    "version" INTEGER NOT NULL,
    "createdAt" TIMESTAMPTZ(3),
    "updatedAt" TIMESTAMPTZ(3),
    "filtersUpdatedAt" TIMESTAMPTZ(3),
    "createdById" TEXT,
    "description" TEXT,
    "seenAt" TIMESTAMPTZ(3) NOT NULL,
    "processingSince" TIMESTAMPTZ(3),
    "deletedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Segment_pkey" PRIMARY KEY ("workspaceId","listId")
);

-- CreateTable
CREATE TABLE "SegmentUse" (
    "workspaceId" UUID NOT NULL,
    "listId" TEXT NOT NULL,
    "use" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "SegmentUse_pkey" PRIMARY KEY ("workspaceId","use")
);

-- CreateTable
CREATE TABLE "SegmentDraft" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "listId" TEXT NOT NULL DEFAULT '',
    "name" TEXT NOT NULL,
    "filterBranch" JSONB NOT NULL,
    "savedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "SegmentDraft_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SegmentCriteria" (
    "workspaceId" UUID NOT NULL,
    "listId" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "filterBranch" JSONB NOT NULL,
    "seenAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "SegmentCriteria_pkey" PRIMARY KEY ("workspaceId","listId","version")
);

-- CreateTable
CREATE TABLE "Mapping" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "hubspotProperty" TEXT NOT NULL,
    "leadField" TEXT,
    "contactField" TEXT,
    "rule" "MappingRule" NOT NULL,
    "direction" "MappingDirection" NOT NULL DEFAULT 'BOTH',
    "isDefault" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Mapping_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Link" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "orgId" TEXT NOT NULL,
    "contactId" TEXT NOT NULL,
    "recordId" TEXT NOT NULL,
    "object" "RecordObject" NOT NULL,
    "origin" "LinkOrigin" NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3),
    "endCause" TEXT,
    "shadow" JSONB NOT NULL DEFAULT '{}',
    "shadowAt" TIMESTAMPTZ(3),
    "intended" JSONB,

    CONSTRAINT "Link_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Intent" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "orgId" TEXT NOT NULL,
    "contactId" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "object" "RecordObject" NOT NULL,
    "runId" UUID NOT NULL,
    "batchId" UUID NOT NULL,
    "sentAt" TIMESTAMPTZ(3) NOT NULL,
    "state" "IntentState" NOT NULL DEFAULT 'OPEN',
    "recordId" TEXT,
    "closedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Intent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Claim" (
    "orgId" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "holder" UUID NOT NULL,
    "workerId" UUID NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Claim_pkey" PRIMARY KEY ("orgId","key")
);

-- CreateTable
CREATE TABLE "Worker" (
    "id" UUID NOT NULL,
    "host" TEXT NOT NULL,
    "pid" INTEGER NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "seenAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Worker_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Run" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "orgId" TEXT NOT NULL,
    "kind" "RunKind" NOT NULL,
    "status" "RunStatus" NOT NULL DEFAULT 'QUEUED',
    "settingsVersion" INTEGER NOT NULL,
    "listId" TEXT,
    "segmentName" TEXT,
    "startedById" UUID,
    "startedBy" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "startedAt" TIMESTAMPTZ(3),
    "finishedAt" TIMESTAMPTZ(3),
    "cursor" JSONB,
    "total" INTEGER,
    "processed" INTEGER NOT NULL DEFAULT 0,
    "created" INTEGER NOT NULL DEFAULT 0,
    "updated" INTEGER NOT NULL DEFAULT 0,
    "unchanged" INTEGER NOT NULL DEFAULT 0,
    "skipped" INTEGER NOT NULL DEFAULT 0,
    "failed" INTEGER NOT NULL DEFAULT 0,
    "forecast" JSONB,
    "salesforceCalls" INTEGER NOT NULL DEFAULT 0,
    "hubspotCalls" INTEGER NOT NULL DEFAULT 0,
    "reason" TEXT,
    "reference" TEXT,

    CONSTRAINT "Run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Outcome" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "runId" UUID NOT NULL,
    "contactId" TEXT,
    "recordId" TEXT,
    "object" "RecordObject",
    "name" TEXT,
    "email" TEXT,
    "direction" "MappingDirection" NOT NULL,
    "result" "OutcomeResult" NOT NULL,
    "reason" TEXT,
    "category" TEXT,
    "code" TEXT,
    "message" TEXT,
    "changes" JSONB NOT NULL DEFAULT '[]',
    "warnings" TEXT[],
    "trigger" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Outcome_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ApiUse" (
    "workspaceId" UUID NOT NULL,
    "crm" "Crm" NOT NULL,
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "calls" INTEGER NOT NULL,

    CONSTRAINT "ApiUse_pkey" PRIMARY KEY ("workspaceId","crm","hour")
);

-- CreateTable
CREATE TABLE "AuditEntry" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "actorId" UUID,
    "actor" TEXT,
    "action" TEXT NOT NULL,
    "app" TEXT,
    "oldValue" JSONB,
    "newValue" JSONB,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "AuditEntry_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Workspace_hubId_key" ON "Workspace"("hubId");

-- CreateIndex
CREATE INDEX "User_workspaceId_idx" ON "User"("workspaceId");

-- CreateIndex
CREATE INDEX "Account_userId_idx" ON "Account"("userId");

-- CreateIndex
CREATE UNIQUE INDEX "Account_provider_providerAccountId_key" ON "Account"("provider", "providerAccountId");

-- CreateIndex
CREATE UNIQUE INDEX "Session_sessionToken_key" ON "Session"("sessionToken");

-- CreateIndex
CREATE INDEX "Session_userId_idx" ON "Session"("userId");

-- CreateIndex
CREATE UNIQUE INDEX "Connection_workspaceId_crm_key" ON "Connection"("workspaceId", "crm");

-- CreateIndex
CREATE INDEX "OAuthRequest_expiresAt_idx" ON "OAuthRequest"("expiresAt");

-- CreateIndex
CREATE INDEX "SettingsChange_workspaceId_endedAt_idx" ON "SettingsChange"("workspaceId", "endedAt");

-- CreateIndex
CREATE UNIQUE INDEX "SettingsChange_workspaceId_version_key" ON "SettingsChange"("workspaceId", "version");

-- CreateIndex
CREATE INDEX "Segment_workspaceId_searchName_idx" ON "Segment"("workspaceId", "searchName");

-- CreateIndex
CREATE UNIQUE INDEX "SegmentDraft_workspaceId_userId_listId_key" ON "SegmentDraft"("workspaceId", "userId", "listId");

-- CreateIndex
CREATE UNIQUE INDEX "Mapping_workspaceId_hubspotProperty_leadField_contactField_key" ON "Mapping"("workspaceId", "hubspotProperty", "leadField", "contactField");

-- CreateIndex
CREATE INDEX "Link_workspaceId_orgId_contactId_idx" ON "Link"("workspaceId", "orgId", "contactId");

-- CreateIndex
CREATE INDEX "Link_workspaceId_orgId_recordId_idx" ON "Link"("workspaceId", "orgId", "recordId");

-- CreateIndex
CREATE INDEX "Intent_workspaceId_orgId_state_address_idx" ON "Intent"("workspaceId", "orgId", "state", "address");

-- CreateIndex
CREATE INDEX "Intent_runId_idx" ON "Intent"("runId");

-- CreateIndex
CREATE INDEX "Claim_holder_idx" ON "Claim"("holder");

-- CreateIndex
CREATE INDEX "Claim_workerId_idx" ON "Claim"("workerId");

-- CreateIndex
CREATE INDEX "Run_workspaceId_createdAt_idx" ON "Run"("workspaceId", "createdAt" DESC);

-- CreateIndex
CREATE INDEX "Outcome_workspaceId_at_id_idx" ON "Outcome"("workspaceId", "at" DESC, "id");

-- CreateIndex
CREATE UNIQUE INDEX "Outcome_runId_contactId_key" ON "Outcome"("runId", "contactId");

-- CreateIndex
CREATE INDEX "AuditEntry_workspaceId_at_idx" ON "AuditEntry"("workspaceId", "at" DESC);

-- AddForeignKey
ALTER TABLE "User" ADD CONSTRAINT "User_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Account" ADD CONSTRAINT "Account_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Session" ADD CONSTRAINT "Session_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Connection" ADD CONSTRAINT "Connection_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SettingsVersion" ADD CONSTRAINT "SettingsVersion_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SettingsChange" ADD CONSTRAINT "SettingsChange_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Segment" ADD CONSTRAINT "Segment_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SegmentUse" ADD CONSTRAINT "SegmentUse_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SegmentDraft" ADD CONSTRAINT "SegmentDraft_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SegmentCriteria" ADD CONSTRAINT "SegmentCriteria_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Mapping" ADD CONSTRAINT "Mapping_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Link" ADD CONSTRAINT "Link_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Intent" ADD CONSTRAINT "Intent_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Run" ADD CONSTRAINT "Run_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Outcome" ADD CONSTRAINT "Outcome_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Outcome" ADD CONSTRAINT "Outcome_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ApiUse" ADD CONSTRAINT "ApiUse_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AuditEntry" ADD CONSTRAINT "AuditEntry_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The only clock of rules and queries. Test databases replace it by one that adds an offset.
CREATE FUNCTION app_now() RETURNS timestamptz LANGUAGE sql STABLE AS 'SELECT now()';

-- One contact has at most one living link in an org, one record at most one.
CREATE UNIQUE INDEX "Link_living_contact_key" ON "Link" ("workspaceId", "orgId", "contactId") WHERE "endedAt" IS NULL;
CREATE UNIQUE INDEX "Link_living_record_key" ON "Link" ("workspaceId", "orgId", "recordId") WHERE "endedAt" IS NULL;

-- One open intent per address and org: no second creation is sent for it.
CREATE UNIQUE INDEX "Intent_open_address_key" ON "Intent" ("workspaceId", "orgId", "address") WHERE "state" = 'OPEN';
