/** Objects of the fake's organisation and their fields, as a describe tells them. */

export interface FakeField {
  name: string;
  label: string;
  type: string;
  custom: boolean;
  htmlFormatted: boolean;
  relationshipName: string | null;
  referenceTo: string[];
}

/** `name:type`, string where no type is given; `AccountId>Account` refers to an account. */
const SYSTEM =
  "Id:id IsDeleted:boolean SystemModstamp:datetime CreatedDate:datetime LastModifiedDate:datetime CreatedById>User";
const OWNED = `${SYSTEM} OwnerId>User`;
const ABOUT = "WhoId>Contact,Lead WhatId>Account,Opportunity,Case AccountId>Account";

const objects: Readonly<Record<string, { prefix: string; label: string; fields: string }>> = {
  Account: {
    prefix: "001",
    label: "Account",
    fields: `Name Type:picklist Industry:picklist Website:url Phone:phone BillingCity BillingCountry NumberOfEmployees:int AnnualRevenue:currency Description:textarea ParentId>Account MasterRecordId>Account Region__c:picklist Terms__c:html Key__c:encryptedstring ${OWNED}`,
  },
  Contact: {
    prefix: "003",
    label: "Contact",
    fields: `Name Title Department Email:email Phone:phone MobilePhone:phone MailingCity MailingCountry AccountId>Account LeadSource:picklist Description:textarea ${OWNED}`,
  },
  Lead: {
    prefix: "00Q",
    label: "Lead",
    fields: `Name Company Title Email:email Phone:phone Status:picklist Rating:picklist LeadSource:picklist City Country IsConverted:boolean ConvertedDate:date ConvertedAccountId>Account Description:textarea ${OWNED}`,
  },
  Opportunity: {
    prefix: "006",
    label: "Opportunity",
    fields: `Name StageName:picklist Amount:currency CurrencyIsoCode:picklist Probability:percent CloseDate:date IsClosed:boolean IsWon:boolean ForecastCategoryName:picklist NextStep Type:picklist LeadSource:picklist Description:textarea AccountId>Account Site__c>Project__c Renewal__c:boolean ${OWNED}`,
  },
  Case: {
    prefix: "500",
    label: "Case",
    fields: `CaseNumber Subject Status:picklist Priority:picklist Origin:picklist Type:picklist Reason:picklist IsClosed:boolean ClosedDate:datetime IsEscalated:boolean Description:textarea AccountId>Account ContactId>Contact SuppliedName SuppliedEmail:email ${OWNED}`,
  },
  CaseComment: {
    prefix: "00a",
    label: "Case Comment",
    fields: `ParentId>Case CommentBody:textarea IsPublished:boolean ${SYSTEM}`,
  },
  EmailMessage: {
    prefix: "02s",
    label: "Email Message",
    fields: `ParentId>Case Subject TextBody:textarea HtmlBody:textarea FromName FromAddress:email ToAddress CcAddress Incoming:boolean Status:picklist MessageDate:datetime HasAttachment:boolean ${SYSTEM}`,
  },
  OpportunityContactRole: {
    prefix: "00K",
    label: "Opportunity Contact Role",
    fields: `OpportunityId>Opportunity ContactId>Contact Role:picklist IsPrimary:boolean ${SYSTEM}`,
  },
  OpportunityHistory: {
    prefix: "008",
    label: "Opportunity History",
    fields: `OpportunityId>Opportunity StageName:picklist Amount:currency CloseDate:date ${SYSTEM}`,
  },
  Task: {
    prefix: "00T",
    label: "Task",
    fields: `Subject Status:picklist Priority:picklist Type:picklist TaskSubtype:picklist ActivityDate:date IsClosed:boolean IsArchived:boolean CompletedDateTime:datetime CallType:picklist CallDurationInSeconds:int CallDisposition Description:textarea ${ABOUT} ${OWNED}`,
  },
  Event: {
    prefix: "00U",
    label: "Event",
    fields: `Subject Type:picklist StartDateTime:datetime EndDateTime:datetime ActivityDate:date IsAllDayEvent:boolean IsArchived:boolean Location Description:textarea ${ABOUT} ${OWNED}`,
  },
  Note: { prefix: "002", label: "Note", fields: `Title Body:textarea ParentId>Account ${OWNED}` },
  ContentNote: {
    prefix: "069",
    label: "Note",
    fields:
      "Id:id Title TextPreview FileType LatestPublishedVersionId>ContentVersion OwnerId>User CreatedById>User CreatedDate:datetime LastModifiedDate:datetime",
  },
  ContentDocumentLink: {
    prefix: "06A",
    label: "Content Document Link",
    fields:
      "Id:id IsDeleted:boolean SystemModstamp:datetime ContentDocumentId>ContentNote LinkedEntityId>Account,Opportunity,User",
  },
  Knowledge__kav: {
    prefix: "ka0",
    label: "Knowledge",
    fields: `KnowledgeArticleId ArticleNumber Title Summary:textarea UrlName Language:picklist VersionNumber:int PublishStatus:picklist LastPublishedDate:datetime Answer__c:html ${SYSTEM}`,
  },
  Project__c: {
    prefix: "a00",
    label: "Project",
    fields: `Name Budget__c:currency Start__c:date Countries__c:multipicklist Plan__c:textarea Client__c>Account ${OWNED}`,
  },
  User: { prefix: "005", label: "User", fields: `Name Username ${SYSTEM}` },
};

function fieldOf(text: string): FakeField {
  const [, name = "", sign, rest] = /^(\w+)(?:([:>])(.+))?$/.exec(text) ?? [];
  const custom = name.endsWith("__c");
  const isReference = sign === ">";
  const type = isReference ? "reference" : (rest ?? "string");
  return {
    name,
    label: custom ? name.replace(/__c$/, "") : name,
    type: type === "html" ? "textarea" : type,
    custom,
    htmlFormatted: type === "html",
    relationshipName: isReference ? name.replace(/__c$/, "__r").replace(/Id$/, "") : null,
    referenceTo: isReference ? (rest ?? "").split(",") : [],
  };
}

export const schema: ReadonlyMap<string, { prefix: string; label: string; fields: FakeField[] }> = new Map(
  Object.entries(objects).map(([name, { fields, ...rest }]) => [
    name,
    { ...rest, fields: fields.split(" ").map(fieldOf) },
  ]),
);
