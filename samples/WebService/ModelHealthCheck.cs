using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace WebService;

/// <summary>Healthy where the model answers.</summary>
internal sealed class ModelHealthCheck(SentimentPredictor predictor) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        predictor.Predict("Is anybody there?");
        return Task.FromResult(HealthCheckResult.Healthy());
    }
}
