namespace MlNetRecurrent.Sequences;

/// <summary>
/// The base of all transformers of sequences; their life cycle stands at <see cref="TransformSettings"/>. ML.NET loads one by the
/// <c>LoadableClass</c> attribute of its assembly and its method <c>Create(IHostEnvironment, ModelLoadContext)</c>, which has to return
/// its own type and calls <see cref="Load"/>.
/// </summary>
/// <typeparam name="TSettings">The type of the settings under which they are written.</typeparam>
/// <param name="settings">The settings, learned or loaded.</param>
/// <param name="version">The header of its entry in a model file.</param>
internal abstract class SequenceTransformer<TSettings>(TSettings settings, VersionInfo version) : ITransformer
    where TSettings : TransformSettings
{
    public bool IsRowToRowMapper => true;

    protected TSettings Settings => settings;

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return settings.Bind(inputSchema).Output;
    }

    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return MakeView(input);
    }

    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return MakeMapper(inputSchema);
    }

    void ICanSaveModel.Save(ModelSaveContext context)
    {
        context.CheckAtModel();
        context.SetVersionInfo(version);
        TransformFile.Write(context.Writer, settings);
    }

    /// <summary>Reads the settings that were saved.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    protected static TSettings Load(ModelLoadContext context, VersionInfo version)
    {
        context.CheckAtModel(version);
        TSettings settings = TransformFile.Read<TSettings>(context.Reader, FileBudget.Of(context));
        settings.Validate();
        return settings;
    }

    protected abstract DerivedView MakeView(IDataView input);

    protected abstract DerivedRowMapper MakeMapper(DataViewSchema inputSchema);
}
