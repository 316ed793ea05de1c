using MlNetRecurrent.Engine.Matrices;
using MlNetRecurrent.Engine.Serialization;
using MlNetRecurrent.Engine.Training;
using MlNetRecurrent.Scoring;

namespace MlNetRecurrent.Forecasting;

/// <summary>A model of forecasts in a stream: its description and its weights.</summary>
internal static class ForecastFile
{
    private const string Subject = "model";

    private const int CurrentFormat = 1;

    public static void Write(BinaryWriter writer, ForecastModel model)
    {
        byte[] description = DescriptionJson.Write(new Description(
            CurrentFormat, model.Columns, model.Shape, model.Targets, model.Network.Definition, model.Network.Normalization,
            model.Training));
        DescriptionFormat.Write(writer.BaseStream, description);
        WeightFormat.Write(writer.BaseStream, model.Network.Definition, model.Network.Parameters, description);
    }

    /// <exception cref="InvalidDataException">The stream holds no such model, a damaged one, or one of a newer version.</exception>
    public static ForecastModel Read(BinaryReader reader, LoadBudget? budget = null)
    {
        byte[] bytes = new DescriptionFormat(Subject).Read(reader.BaseStream, budget);
        int format = DescriptionJson.Read<FormatOnly>(bytes, Subject).Format;
        if (format > CurrentFormat)
        {
            throw new InvalidDataException(
                $"The model has format {format}; this version of MlNetRecurrent reads forecasts up to format {CurrentFormat}. "
                + "Use a newer one.");
        }
        var description = DescriptionJson.Read<Description>(bytes, Subject);
        description.Validate();
        Parameters<float> weights = WeightFormat.Read(reader.BaseStream, description.Network, bytes, budget);
        ModelFile.ThrowIfNotFinite(weights, description.Network);
        return new(
            description.Columns, description.Shape, description.Targets,
            new TrainedNetwork(description.Network, description.Normalization, weights), description.Training);
    }

    private sealed record FormatOnly(int Format);

    private sealed record Description(
        int Format, ForecastColumns Columns, ForecastShape Shape, TargetScale[] Targets, NetworkDefinition Network,
        FeatureNormalization Normalization, TrainingSummary Training)
    {
        public void Validate()
        {
            Check(Format >= 1, $"its format is {Format}");
            Network.Validate();
            Check(Shape.Horizon is >= 1 and <= 1 << 16 && Shape.ContextLength is >= 1 and <= 1 << 20, $"its horizon is {Shape.Horizon}");
            Check(Enum.IsDefined(Shape.Scaling) && Enum.IsDefined(Shape.Loss), $"its scaling is {Shape.Scaling}");
            Check(Shape.Quantiles is not null && Columns.Targets is { Count: > 0 }, $"it has no targets");
            Check(Columns.SeriesColumnName is not "" && Columns.TimeColumnName is not "", $"a name of a column is empty");
            Check(Columns.Past is not null && Columns.KnownAhead is not null && Columns.Statics is not null, $"it has no columns");
            Check(
                Columns.Targets!.Concat(Columns.Past!).Concat(Columns.KnownAhead!)
                    .All(column => column is { Name.Length: > 0, Size: > 0 } && KeyMeaning.IsHash(column.KeyHash)),
                $"one of its columns has no name or size");
            foreach (SequenceColumn? column in Columns.Statics!)
            {
                Check(column is not null, $"one of its columns is missing");
                column!.Validate();
            }
            Check(
                Network.EveryStep && Network.Outputs == Shape.Horizon * Columns.Targets!.Count * Shape.OutputsOfValue,
                $"its network has {Network.Outputs} outputs");
            Check(Network.Head == Shape.CreateHead(), $"its loss is {Network.Head}");
            Check(Shape.Quantiles!.SequenceEqual(Shape.Quantiles!.Distinct().Order()), $"its quantiles do not rise");
            Check(
                Columns.KnownSize == (Network.Decoder?.Features ?? 0) && (Network.Decoder?.Horizon ?? Shape.Horizon) == Shape.Horizon,
                $"its decoder reads {Network.Decoder?.Features} numbers");
            int embedding = Network.InputFields.FirstOrDefault(field => field.HasTokens)?.Size ?? 1;
            Check(Network.InputFields.SequenceEqual(Columns.FieldsWith(_ => embedding)), $"its network reads other columns");
            int numbers = Columns.StepSize + Columns.Statics!.Sum(column => column.Features) + Columns.KnownSize;
            Check(
                Normalization.Mean.Length == numbers && Normalization.Scale.Length == numbers,
                $"it normalizes {Normalization.Mean.Length} features");
            Check(
                Array.TrueForAll(Normalization.Mean, float.IsFinite) && Array.TrueForAll(Normalization.Scale, float.IsFinite)
                    && float.IsFinite(Normalization.Largest) && Normalization.Largest > 0,
                $"its normalization is not finite");
            Check(
                Targets.Length == Shape.Horizon * Columns.Targets!.Count
                    && Array.TrueForAll(Targets, scale => double.IsFinite(scale.Mean) && double.IsFinite(scale.Unit) && scale.Unit > 0),
                $"the scales of its targets are not possible");
        }

        private static void Check(bool holds, FormattableString what)
        {
            if (!holds)
                throw new InvalidDataException($"The model is damaged: {FormattableString.Invariant(what)}.");
        }
    }
}
