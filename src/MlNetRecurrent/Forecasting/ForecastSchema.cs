namespace MlNetRecurrent.Forecasting;

/// <summary>A model bound to the schema of its input: the columns of the input, then the forecasts.</summary>
internal sealed class ForecastSchema : BoundSchema
{
    public const string ForecastName = "Forecast", QuantilesName = "Quantiles";

    /// <exception cref="ArgumentOutOfRangeException">A column is missing.</exception>
    /// <exception cref="InvalidOperationException">A column is not what the model was trained on.</exception>
    public ForecastSchema(ForecastModel model, DataViewSchema input)
        : base(input)
    {
        Model = model;
        model.Columns.ThrowIfNot(input);
        int horizon = model.Shape.Horizon, targets = model.Columns.Targets.Count, quantiles = model.Shape.Quantiles.Count;
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(input);
        builder.AddColumn(ForecastName, targets == 1 ? Vector(horizon) : Vector(horizon, targets));
        if (quantiles > 0)
        {
            var annotations = new DataViewSchema.Annotations.Builder();
            float[] levels = [.. model.Shape.Quantiles.Select(quantile => (float)quantile)];
            annotations.Add(
                AnnotationNames.QuantileLevels, Vector(levels.Length),
                (ref VBuffer<float> value) => new VBuffer<float>(levels.Length, levels).CopyTo(ref value));
            builder.AddColumn(
                QuantilesName, targets == 1 ? Vector(horizon, quantiles) : Vector(horizon, targets, quantiles),
                annotations.ToAnnotations());
        }
        Output = builder.ToSchema();
    }

    public ForecastModel Model { get; }

    public override DataViewSchema Output { get; }

    protected override IEnumerable<string> InputsOf(DataViewSchema.Column made) => Model.Columns.Names;

    private static VectorDataViewType Vector(params int[] dimensions) => new(NumberDataViewType.Single, dimensions);
}
