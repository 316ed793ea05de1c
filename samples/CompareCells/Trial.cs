using System.Diagnostics;
using Microsoft.ML;
using MlNetRecurrent;
using Samples.Shared;

namespace CompareCells;

/// <summary>How a kind of network did.</summary>
/// <param name="Contestant">The kind of network.</param>
/// <param name="LearningRate">The learning rate that validation chose.</param>
/// <param name="Model">The network that was trained with it.</param>
/// <param name="Curve">Its losses.</param>
/// <param name="SecondsAnEpoch">The mean time of an epoch, with its validation, over all learning rates.</param>
/// <param name="Accuracy">The part of the answers that are right, for each of <see cref="BracketsModel.TestedLengths"/>.</param>
public sealed record Trial(Contestant Contestant, float LearningRate, ITransformer Model, LearningCurve Curve, double SecondsAnEpoch, double[] Accuracy)
{
    private static readonly float[] _learningRates = [0.005f, 0.01f, 0.02f];

    /// <summary>Trains a network with each learning rate, and keeps the one with the smallest loss on the validation part.</summary>
    public static Trial Run(MLContext mlContext, IDataView texts, Contestant contestant)
    {
        var clock = Stopwatch.StartNew();
        int epochs = 0;
        (float rate, ITransformer model, LearningCurve curve) = TrainingBars.Show(bars => _learningRates.Select(rate =>
        {
            RecurrentOptions options = BracketsModel.Options(contestant.Layers, rate, bars.Add($"{contestant.Name}, learning rate {rate}"));
            epochs += options.NumberOfEpochs;
            return (Rate: rate, Model: BracketsModel.RetrainModel(mlContext, texts, options), Curve: bars.Curves[^1]);
        }).MinBy(candidate => candidate.Curve.ValidationLosses.Min()));
        double seconds = clock.Elapsed.TotalSeconds / epochs;
        return new(contestant, rate, model, curve, seconds, BracketsModel.Evaluate(mlContext, model));
    }

    /// <summary>The part of the answers that are right on texts of a length.</summary>
    public double At(int length) => Accuracy[Array.IndexOf(BracketsModel.TestedLengths, length)];
}
