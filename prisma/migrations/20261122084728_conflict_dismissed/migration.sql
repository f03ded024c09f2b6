-- AlterTable
ALTER TABLE "Conflict" ADD COLUMN     "dismissedAt" TIMESTAMPTZ(3);
