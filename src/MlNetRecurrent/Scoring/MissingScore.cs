using MlNetRecurrent.Tasks;

namespace MlNetRecurrent.Scoring;

/// <summary>The values in the columns of a model for a window that has too few rows: NaN everywhere.</summary>
/// <param name="model">The model.</param>
/// <param name="steps">The steps of the window.</param>
/// <param name="position">The number of the row, from 0.</param>
internal sealed class MissingScore(ScoringModel model, int steps, long position) : IScoredRow
{
    public long Position => position;

    public ReadOnlyMemory<float> Outputs => NaNs(model.Definition.OutputRowsFor(steps) * model.PredictionSize);

    public ReadOnlyMemory<float> Inspect(string inspection)
    {
        NetworkDefinition network = model.Definition;
        Inspection found = network.Inspections.Single(other => other.Name == inspection);
        int layers = found.Layer + 1 ?? network.Layers.Count;
        return NaNs(found.Width * (found.IsPerStep ? network.StepsAfter(layers, steps) : 1));
    }

    private static ReadOnlyMemory<float> NaNs(int count)
    {
        var numbers = new float[count];
        Array.Fill(numbers, float.NaN);
        return numbers;
    }
}
