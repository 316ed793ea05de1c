using System.Diagnostics;
using Microsoft.ML;
using MlNetRecurrent;
using Samples.Shared;

namespace CompareCells;

/// <summary>How a kind of network did on a kind of texts.</summary>
/// <param name="Contestant">The kind of network.</param>
/// <param name="LearningRate">The learning rate that validation chose.</param>
/// <param name="Model">The network that was trained with it.</param>
/// <param name="Curve">Its losses.</param>
/// <param name="SecondsAnEpoch">The mean time of an epoch, with its validation.</param>
public sealed record Trial(Contestant Contestant, float LearningRate, ITransformer Model, LearningCurve Curve, double SecondsAnEpoch)
{
    private static readonly float[] _learningRates = [0.005f, 0.02f];

    /// <summary>The part of the answers that are right, for each of <see cref="BracketsModel.TestedLengths"/>.</summary>
    public double[] Accuracy { get; private init; } = [];

    /// <summary>The numbers that the network learns, the vectors of the characters among them.</summary>
    public long Parameters => Model.GetRecurrent().NumberOfParameters;

    /// <summary>The smallest loss on the validation part.</summary>
    public double ValidationLoss => Curve.ValidationLosses.Min();

    /// <summary>Trains a network with each learning rate, and tests the one that is best in validation.</summary>
    public static Trial Run(MLContext mlContext, IDataView texts, Brackets brackets, Contestant contestant) => TrainingBars.Show(bars =>
    {
        IEnumerable<Trial> trials =
            _learningRates.Select(rate => Train(mlContext, texts, contestant, rate, $"{contestant.Name} {rate}", bars));
        Trial best = trials.MinBy(trial => trial.ValidationLoss)!;
        return best with { Accuracy = BracketsModel.Evaluate(mlContext, best.Model, brackets) };
    });

    private static Trial Train(MLContext mlContext, IDataView texts, Contestant contestant, float rate, string name, TrainingBars bars)
    {
        RecurrentOptions options = BracketsModel.Options(contestant.Layers, rate, bars.Add(name));
        var clock = Stopwatch.StartNew();
        ITransformer model = BracketsModel.BuildPipeline(mlContext, options).Fit(texts);
        return new(contestant, rate, model, LearningCurve.Of(contestant.Name, model), clock.Elapsed.TotalSeconds / options.NumberOfEpochs);
    }

    /// <summary>The part of the answers that are right on texts of a length.</summary>
    public double At(int length) => Accuracy[Array.IndexOf(BracketsModel.TestedLengths, length)];
}
