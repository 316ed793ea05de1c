using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests;

/// <summary>The options that say how the weights follow their gradients.</summary>
public sealed class OptimizerOptionTests
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly IDataView _data;

    public OptimizerOptionTests() => _data = _ml.Data.LoadFromEnumerable(Example.Generate(300));

    [Theory]
    [InlineData(RecurrentOptimizer.Adam, 0.02f)]
    [InlineData(RecurrentOptimizer.AdamW, 0.02f)]
    [InlineData(RecurrentOptimizer.RmsProp, 0.01f)]
    [InlineData(RecurrentOptimizer.Sgd, 0.1f)]
    public void Every_optimizer_learns(RecurrentOptimizer optimizer, float learningRate)
    {
        RecurrentOptions options = Example.QuickOptions();
        options.Optimizer = optimizer;
        options.LearningRate = learningRate;
        IDataView scored = Example.Pipeline(_ml, options).Fit(_data).Transform(_data);
        Assert.InRange(_ml.MulticlassClassification.Evaluate(scored).MicroAccuracy, 0.95, 1);
    }

    [Theory]
    [InlineData(RecurrentOptimizer.Adam)]
    [InlineData(RecurrentOptimizer.AdamW)]
    [InlineData(RecurrentOptimizer.RmsProp)]
    [InlineData(RecurrentOptimizer.Sgd)]
    public void Weight_decay_makes_scores_less_sure(RecurrentOptimizer optimizer)
    {
        double Confidence(float decay)
        {
            RecurrentOptions options = Example.QuickOptions();
            options.Optimizer = optimizer;
            options.LearningRate = 0.02f;
            options.WeightDecay = decay;
            return Scores(options).Average(score => score.Max());
        }
        // AdamW's decay is multiplied by the learning rate alone, the others' stands beside the gradient.
        float decay = optimizer == RecurrentOptimizer.AdamW ? 1 : 0.05f;
        Assert.True(Confidence(decay) < Confidence(0) - 0.005);
    }

    [Fact]
    public void Momentum_is_that_of_sgd_alone()
    {
        float[][] Trained(RecurrentOptimizer optimizer, float momentum)
        {
            RecurrentOptions options = Example.QuickOptions();
            options.Optimizer = optimizer;
            options.Momentum = momentum;
            return Scores(options);
        }
        Assert.NotEqual(Trained(RecurrentOptimizer.Sgd, 0), Trained(RecurrentOptimizer.Sgd, 0.9f));
        Assert.Equal(Trained(RecurrentOptimizer.RmsProp, 0), Trained(RecurrentOptimizer.RmsProp, 0.9f));
    }

    [Theory]
    [InlineData(LearningRateSchedule.Constant, 0.02, 0.02)]
    [InlineData(LearningRateSchedule.Cosine, 0.02, 0)]
    [InlineData(LearningRateSchedule.OneCycle, 0.0008, 0)]
    public void The_learning_rate_follows_its_schedule(LearningRateSchedule schedule, double first, double last)
    {
        var rates = new List<double>();
        RecurrentOptions options = Example.QuickOptions();
        options.Schedule = schedule;
        options.BatchSize = 4;
        options.Progress = new SynchronousProgress(progress => rates.Add(progress.LearningRate));
        Example.Pipeline(_ml, options).Fit(_data);
        Assert.Equal(first, rates[0], 1e-8);
        Assert.Equal(last, rates[^1], 1e-5);
        Assert.InRange(rates.Max(), 0.0001, 0.02 + 1e-8);
    }

    private float[][] Scores(RecurrentOptions options) =>
        [.. Example.Pipeline(_ml, options).Fit(_data).Transform(_data).GetColumn<float[]>("Score")];
}
