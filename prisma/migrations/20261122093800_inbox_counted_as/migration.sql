-- AlterTable
ALTER TABLE "DailyCheck" ADD COLUMN     "countedAs" JSONB;
