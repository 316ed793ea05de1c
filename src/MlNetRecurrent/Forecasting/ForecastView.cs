namespace MlNetRecurrent.Forecasting;

/// <summary>A table with the forecasts of its rows.</summary>
internal sealed class ForecastView(ForecastSchema schema, IDataView source) : DerivedView(schema, source, Component, isOnePass: true)
{
    /// <summary>The transform, as messages name it.</summary>
    public const string Component = "A recurrent forecast";

    protected override DataViewRowCursor MakeCursor(DataViewRowCursor input, DataViewSchema.Column[] columns) =>
        new ForecastCursor(schema, Source, input, columns);
}
