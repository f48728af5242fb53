// What wakes somebody up. Pulled in by the application host (AppHost/Azure/AlertExtensions.cs); everything else in Azure is generated.
targetScope = 'resourceGroup'

@description('Passed to every module by azd and by aspire publish.')
param location string

@description('The Application Insights component that the services report to.')
param insightsName string

@description('The Service Bus namespace.')
param busName string

@description('The topic that session events travel on.')
param topicName string

@description('Who is told.')
param email string

@description('Mean time from the end of speech to the first reply audio, in milliseconds, above which the platform is too slow.')
param slowReplyMilliseconds int = 700

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: insightsName
}

resource bus 'Microsoft.ServiceBus/namespaces@2021-11-01' existing = {
  name: busName
}

resource operators 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: 'voice-operators'
  location: 'global'
  properties: {
    groupShortName: 'voice-ops'
    enabled: true
    emailReceivers: [
      {
        name: 'operators'
        emailAddress: email
        useCommonAlertSchema: true
      }
    ]
  }
}

// A dead letter is a turn without its safety check or a conversation without its export, until somebody replays it.
resource deadLetters 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: 'voice-dead-letters'
  location: 'global'
  properties: {
    description: 'A subscription to the session events gave up a message.'
    severity: 1
    enabled: true
    autoMitigate: true
    scopes: [
      bus.id
    ]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT5M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          name: 'dead-letters'
          criterionType: 'StaticThresholdCriterion'
          metricNamespace: 'Microsoft.ServiceBus/namespaces'
          metricName: 'DeadletteredMessages'
          dimensions: [
            {
              name: 'EntityName'
              operator: 'Include'
              values: [
                topicName
              ]
            }
          ]
          operator: 'GreaterThan'
          threshold: 0
          timeAggregation: 'Maximum'
        }
      ]
    }
    actions: [
      {
        actionGroupId: operators.id
      }
    ]
  }
}

// The workers scale on this number; when it stays high all the same, they are failing or at their limit.
resource backlog 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: 'voice-message-backlog'
  location: 'global'
  properties: {
    description: 'Session events wait for their workers.'
    severity: 2
    enabled: true
    autoMitigate: true
    scopes: [
      bus.id
    ]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          name: 'waiting'
          criterionType: 'StaticThresholdCriterion'
          metricNamespace: 'Microsoft.ServiceBus/namespaces'
          metricName: 'ActiveMessages'
          dimensions: [
            {
              name: 'EntityName'
              operator: 'Include'
              values: [
                topicName
              ]
            }
          ]
          operator: 'GreaterThan'
          threshold: 500
          timeAggregation: 'Average'
        }
      ]
    }
    actions: [
      {
        actionGroupId: operators.id
      }
    ]
  }
}

resource failedRequests 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: 'voice-failed-requests'
  location: 'global'
  properties: {
    description: 'Requests fail, in any of the services.'
    severity: 2
    enabled: true
    autoMitigate: true
    scopes: [
      insights.id
    ]
    evaluationFrequency: 'PT1M'
    windowSize: 'PT5M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          name: 'failed'
          criterionType: 'StaticThresholdCriterion'
          metricNamespace: 'microsoft.insights/components'
          metricName: 'requests/failed'
          operator: 'GreaterThan'
          threshold: 20
          timeAggregation: 'Count'
        }
      ]
    }
    actions: [
      {
        actionGroupId: operators.id
      }
    ]
  }
}

// Exported histograms arrive as sums and counts, so this is a mean; percentiles are in the dashboards, which read the stored turns.
resource slowReplies 'Microsoft.Insights/scheduledQueryRules@2022-06-15' = {
  name: 'voice-slow-replies'
  location: location
  properties: {
    displayName: 'voice-slow-replies'
    description: 'Replies begin later than the latency budget allows.'
    severity: 2
    enabled: true
    autoMitigate: true
    scopes: [
      insights.id
    ]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    criteria: {
      allOf: [
        {
          query: '''
            customMetrics
            | where name in ("voice.pipeline.latency", "voice_pipeline_latency_ms") and tostring(customDimensions.stage) == "voice_to_voice"
            | summarize milliseconds = sum(valueSum) / sum(valueCount) by bin(timestamp, 5m)
          '''
          metricMeasureColumn: 'milliseconds'
          timeAggregation: 'Average'
          operator: 'GreaterThan'
          threshold: slowReplyMilliseconds
          failingPeriods: {
            numberOfEvaluationPeriods: 1
            minFailingPeriodsToAlert: 1
          }
        }
      ]
    }
    actions: {
      actionGroups: [
        operators.id
      ]
    }
  }
}
