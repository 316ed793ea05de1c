using Microsoft.Extensions.ObjectPool;
using Microsoft.ML;
using SentimentAnalysis;

namespace WebService;

/// <summary>Makes the engines of a pool, which share one model.</summary>
internal sealed class EnginePolicy(ITransformer model)
    : PooledObjectPolicy<PredictionEngine<SentimentModel.ModelInput, SentimentModel.ModelOutput>>
{
    private readonly MLContext _mlContext = new();

    public override PredictionEngine<SentimentModel.ModelInput, SentimentModel.ModelOutput> Create()
    {
        // The context is not made for several threads.
        lock (_mlContext)
            return _mlContext.Model.CreatePredictionEngine<SentimentModel.ModelInput, SentimentModel.ModelOutput>(model);
    }

    public override bool Return(PredictionEngine<SentimentModel.ModelInput, SentimentModel.ModelOutput> obj) => true;
}
